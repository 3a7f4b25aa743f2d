"""Results of the matrix: list, assess, read, refer, discuss. A subject is as `manage.py assess` reads it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import Force
from nexus.accounts.reference import METROPOLITAN
from nexus.api.bodies import object_of
from nexus.api.errors import InvalidBody
from nexus.api.requests import Call
from nexus.api.resources import Filter, Posting, Resource
from nexus.ui.text import has_hidden_characters
from referrals.matrix import actions
from referrals.matrix.api.found import REFERENCE, FoundField, SubjectField
from referrals.matrix.lists import RESULTS
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.queries import differences_of
from referrals.matrix.verbs import VERBS
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
    subject = SubjectField()
    found = FoundField()
    differences = serializers.SerializerMethodField(help_text="What the answers say against each other")

    class Meta(ResultLineSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ResultLineSerializer.Meta.fields,
            "provisional",
            "policy_version",
            "referral",
            "subject",
            "found",
            "differences",
        )

    def get_differences(self, assessment: MatrixAssessment) -> list[str]:
        return differences_of(assessment)

    def get_referral(self, assessment: MatrixAssessment) -> str | None:
        seen = Referral.objects.visible_to(self.context["user"]).filter(pk=assessment.referral_id).first()
        return seen.reference if seen else None


def assess(request: Call) -> Response:
    """Assess one subject and keep the result. Its `id` is the force's own reference: it must name nobody."""
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
    found = results.find(request, assessment_id=made.pk)
    return Response(results.shown(request, found), status=status.HTTP_201_CREATED)


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


results = Resource(
    noun="matrix_result",
    plural="matrix",
    address="matrix/<int:assessment_id>/",
    key="assessment_id",
    who_may=WHO_MAY,
    rows=RESULTS.seen,
    line=ResultLineSerializer,
    shape=ResultSerializer,
    order=("-made_at", "-pk"),
    filters={"outcome": Filter("outcome", MatrixOutcome.values())},
    audit="matrix",
    posting=Posting(
        "matrix_assess",
        assess,
        WHO_MAY["use"],
        {"application/json": REFERENCE},
        {201: ResultSerializer},
    ),
    verbs=VERBS,
)
