"""Reports: list, ask for, read, release, build again, acknowledge. Files come from their pages."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import status
from rest_framework.response import Response

from casework.reports import actions
from casework.reports.api.serializers import (
    CheckedReportSerializer,
    ReportSerializer,
    ReportSummarySerializer,
)
from casework.reports.forms import ReleaseForm
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from casework.reports.permissions import WHO_MAY
from casework.reports.states import State
from nexus.accounts.models import Force, User
from nexus.api.bodies import body_of
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS, answers_of, call, verb_view
from nexus.audit.recording import record
from nexus.ui.forms import GovukDateField, GovukForm

EITHER = PolymorphicProxySerializer(
    component_name="AnyReport",
    serializers=[ReportSerializer, CheckedReportSerializer],
    resource_type_field_name=None,
)


class AskForm(GovukForm):
    """Whose report, and which days; both days count. Without a force, every engaged force’s."""

    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.all(), to_field_name="code", required=False
    )
    first = GovukDateField(label="First day")
    last = GovukDateField(label="Last day")

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"force": cleaned["force"], "period": Period(cleaned["first"], cleaned["last"])}


def visible(request: Call) -> QuerySet[ProgressReport]:
    """The reports that exist for this person."""
    return ProgressReport.objects.visible_to(request.user).select_related("force", "released_by")


def find(request: Call, report_id: int, **_: Any) -> ProgressReport:
    """The one report, or Http404 outside what the person sees."""
    return get_object_or_404(visible(request), pk=report_id)


def shown(request: Call, report: ProgressReport) -> dict[str, Any]:
    """Managers see what the force does not: the check, and what went wrong in building."""
    inside = WHO_MAY.may("view_every_force", request.user)
    return dict((CheckedReportSerializer if inside else ReportSerializer)(report).data)


def recipient_of(user: User) -> str:
    """Who outside the Home Office received what was read."""
    return user.force.name if user.force else ""


@extend_schema(
    methods=["GET"],
    operation_id="report_list",
    parameters=[
        OpenApiParameter("state", enum=State.values),
        OpenApiParameter("after"),
        OpenApiParameter("before"),
    ],
    responses={200: list_of(ReportSummarySerializer), **READING},
)
@extend_schema(
    methods=["POST"],
    operation_id="report_request",
    request=body_of(AskForm, name="ReportRequest"),
    responses={202: ReportSummarySerializer(many=True), **REFUSALS},
)
@endpoint("GET", "POST")
def reports(request: Call) -> Response:
    """The reports this person sees, newest first; or ask for some to be built."""
    return ask(request) if request.method == "POST" else report_list(request)


def report_list(request: Call) -> Response:
    WHO_MAY.permit("view", request.user)
    found, state = visible(request), request.query_params.get("state")
    if state in State.values:
        found = found.filter(state=state)
    page = page_of(found, request, order=["-period_to", "-period_from"])
    record(
        kind="report.listed",
        by=request.user,
        subjects=page.rows,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        request_id=request.id,
    )
    return listed(page, request, ReportSummarySerializer(page.rows, many=True).data)


def ask(request: Call) -> Response:
    """What exists already is given back as it is; the rest is built by a worker, so the answer is 202."""
    WHO_MAY.permit("request", request.user)
    made = actions.request(by=request.user, now=timezone.now(), **answers_of(AskForm, request))
    return Response(ReportSummarySerializer(made, many=True).data, status=status.HTTP_202_ACCEPTED)


@extend_schema(operation_id="report_read", responses={200: EITHER, **READING})
@endpoint("GET")
def report(request: Call, report_id: int) -> Response:
    """The report with its lines. Reading a built one is recorded, and counts as having read it."""
    found = find(request, report_id)
    WHO_MAY.permit("view", request.user)
    if found.state not in (State.SCHEDULED, State.BUILDING, State.PARKED):
        record(
            kind="report.viewed",
            by=request.user,
            subject=found,
            now=timezone.now(),
            recipient=recipient_of(request.user),
            request_id=request.id,
        )
    return Response(shown(request, found))


VERBS = {
    verb: verb_view(
        verb,
        noun="report",
        who_may=WHO_MAY,
        find=find,
        act=call(getattr(actions, verb), key="report_id"),
        form=form,
        answer=shown,
        shape=EITHER,
    )
    for verb, form in (("release", ReleaseForm), ("requeue", None), ("acknowledge", None))
}
