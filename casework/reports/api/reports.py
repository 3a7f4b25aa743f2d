"""Reports: list, ask for, read, release, build again, acknowledge. Files come from their pages."""

from typing import Any

from django import forms
from django.utils import timezone
from rest_framework import status
from rest_framework.response import Response

from casework.reports import actions
from casework.reports.api.serializers import (
    CheckedReportSerializer,
    ReportSerializer,
    ReportSummarySerializer,
)
from casework.reports.lists import REPORTS
from casework.reports.periods import Period
from casework.reports.permissions import WHO_MAY
from casework.reports.states import BUILT, State
from casework.reports.verbs import VERBS
from nexus.accounts.models import Force
from nexus.api.bodies import body_of
from nexus.api.requests import Call
from nexus.api.resources import Filter, Posting, Resource
from nexus.api.verbs import read
from nexus.ui.forms import GovukDateField, GovukForm


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


def ask(request: Call) -> Response:
    """Ask for some to be built. What exists already is given back as it is; a worker builds the rest, hence 202."""
    WHO_MAY.permit("request", request.user)
    made = actions.request(by=request.user, now=timezone.now(), **read(AskForm, request))
    return Response(ReportSummarySerializer(made, many=True).data, status=status.HTTP_202_ACCEPTED)


reports = Resource(
    noun="report",
    plural="reports",
    address="reports/<int:report_id>/",
    key="report_id",
    who_may=WHO_MAY,
    rows=REPORTS.seen,
    line=ReportSummarySerializer,
    shape=ReportSerializer,
    inside=CheckedReportSerializer,  # the check, and what went wrong in building
    view_inside="view_every_force",
    order=("-period_to", "-period_from"),
    filters={"state": Filter("state", State.values)},
    recipient=REPORTS.recipient,
    counts_as_read=lambda report: report.state in BUILT,
    posting=Posting(
        "report_request",
        ask,
        WHO_MAY["request"],
        body_of(AskForm, name="ReportRequest"),
        {202: ReportSummarySerializer(many=True)},
    ),
    verbs=VERBS,
)
