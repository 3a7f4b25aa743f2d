"""Results of the matrix: list, assess, read, refer, discuss. A subject is as `manage.py assess` reads it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import Force
from nexus.accounts.reference import METROPOLITAN
from nexus.api.bodies import object_of
from nexus.api.errors import InvalidBody
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS, call, verb_view
from nexus.audit.recording import record
from nexus.ui.text import has_hidden_characters
from referrals.matrix import actions
from referrals.matrix.forms import DiscussForm
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.queries import assessments
from referrals.models import Referral
from referrals.rules.matrix import MatrixOutcome
from referrals.subjects_json import METROPOLITAN_CODES, faults_in

LONGEST_REFERENCE = 60


class ResultLineSerializer(serializers.ModelSerializer):
    """A result in a list."""

    outcome_name = serializers.CharField(source="get_outcome_display")
    force = serializers.CharField(source="force.code")
    made_by = serializers.CharField(source="made_by.full_name")
    enquiry = serializers.IntegerField(source="enquiry_id", allow_null=True, help_text="At the Duty Desk")

    class Meta:
        model = MatrixAssessment
        fields = ("id", "own_reference", "outcome", "outcome_name", "force", "made_by", "made_at", "enquiry")


class ResultSerializer(ResultLineSerializer):
    """A result: what was asked, and what the rules said under which policy. Provisional, not a decision."""

    provisional = serializers.BooleanField(default=True)
    referral = serializers.SerializerMethodField(help_text="Its reference, where this person sees it")
    subject = serializers.JSONField()
    found = serializers.JSONField()

    class Meta(ResultLineSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ResultLineSerializer.Meta.fields,
            "provisional",
            "policy_version",
            "referral",
            "subject",
            "found",
        )

    def get_referral(self, assessment: MatrixAssessment) -> str | None:
        seen = Referral.objects.visible_to(self.context["user"]).filter(pk=assessment.referral_id).first()
        return seen.reference if seen else None


def find(request: Call, assessment_id: int, **_: Any) -> MatrixAssessment:
    """The one result, or Http404 outside what the person sees."""
    return get_object_or_404(assessments(request.user), pk=assessment_id)


def shown(request: Call, assessment: MatrixAssessment) -> dict[str, Any]:
    return dict(ResultSerializer(assessment, context={"user": request.user}).data)


@extend_schema(
    methods=["GET"],
    operation_id="matrix_list",
    parameters=[
        OpenApiParameter("outcome", enum=MatrixOutcome.values()),
        OpenApiParameter("after"),
        OpenApiParameter("before"),
    ],
    responses={200: list_of(ResultLineSerializer), **READING},
)
@extend_schema(
    methods=["POST"],
    operation_id="matrix_assess",
    request={"application/json": {"type": "object"}},
    responses={201: ResultSerializer, **REFUSALS},
)
@endpoint("GET", "POST")
def results(request: Call) -> Response:
    """The results this person sees, newest first; or assess one subject and keep the result."""
    return assess(request) if request.method == "POST" else result_list(request)


def result_list(request: Call) -> Response:
    WHO_MAY.permit("view", request.user)
    found, outcome = assessments(request.user), request.query_params.get("outcome")
    if outcome in MatrixOutcome.values():
        found = found.filter(outcome=outcome)
    page = page_of(found, request, order=["-made_at", "-pk"])
    record(
        kind="matrix.listed", by=request.user, subjects=page.rows, now=timezone.now(), request_id=request.id
    )
    return listed(page, request, ResultLineSerializer(page.rows, many=True).data)


def assess(request: Call) -> Response:
    """The `id` of the subject is the force's own reference: it must name nobody."""
    WHO_MAY.permit("use", request.user)
    subject = object_of(request)
    force = force_of(request, subject)
    made = actions.assess(
        by=request.user,
        now=timezone.now(),
        force=force,
        own_reference=str(subject["id"])[:LONGEST_REFERENCE],
        subject=subject,
    )
    return Response(shown(request, find(request, made.pk)), status=status.HTTP_201_CREATED)


def unreadable(value: Any, path: str = "$") -> list[str]:
    """Where text holds what no page shows and no table keeps."""
    if isinstance(value, str):
        return [path] if has_hidden_characters(value, lines=False) else []
    if isinstance(value, dict):
        return [each for name, inner in value.items() for each in unreadable(inner, f"{path}.{name}")]
    if isinstance(value, list):
        return [each for at, inner in enumerate(value) for each in unreadable(inner, f"{path}[{at}]")]
    return []


def force_of(request: Call, subject: dict[str, Any]) -> Force | None:
    """The force of a subject without faults; the police ask for their own. Raises InvalidBody."""
    faults = faults_in([subject])
    if faults:
        told = (fault.partition(": ") for fault in faults)
        by_path: dict[str, list[str]] = {}
        for path, _, sentence in told:
            by_path.setdefault(path.replace("$[0]", "$", 1), []).append(sentence)
        raise InvalidBody(by_path)
    hidden = unreadable(subject)
    if hidden:
        raise InvalidBody({path: ["Send text without hidden control characters."] for path in hidden})
    code = METROPOLITAN if subject["force"] in METROPOLITAN_CODES else subject["force"]
    force = Force.objects.filter(code=code).first()
    if request.user.is_police and force != request.user.force:
        raise InvalidBody({"$.force": ["Send the code of your own force."]})
    return force


@extend_schema(operation_id="matrix_read", responses={200: ResultSerializer, **READING})
@endpoint("GET")
def result(request: Call, assessment_id: int) -> Response:
    """One result. Reading is recorded."""
    found = find(request, assessment_id)
    WHO_MAY.permit("view", request.user)
    record(kind="matrix.viewed", by=request.user, subject=found, now=timezone.now(), request_id=request.id)
    return Response(shown(request, found))


VERBS = {
    "refer": verb_view(
        "refer",
        noun="matrix",
        who_may=WHO_MAY,
        find=find,
        act=call(actions.refer, key="assessment_id"),
        answer=shown,
        shape=ResultSerializer,
    ),
    "discuss": verb_view(
        "discuss",
        noun="matrix",
        who_may=WHO_MAY,
        find=find,
        act=call(actions.discuss, key="assessment_id"),
        answer=shown,
        shape=ResultSerializer,
        form=DiscussForm,
        form_wants=lambda row, by: {"by": by},
    ),
}
