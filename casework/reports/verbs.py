"""What is done to a progress report, a row a verb: its page and its endpoint are made from it (nexus/verbs.py)."""

from django.urls import reverse
from django.utils import timezone

from casework.reports import actions, forms
from casework.reports.actions.acknowledge import reasons_not_to_acknowledge
from casework.reports.actions.queue import reasons_not_to_requeue
from casework.reports.actions.release import reasons_not_to_release
from casework.reports.lists import REPORTS
from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import lines_to_look_at
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages


def requested(reports: list[ProgressReport]) -> str:
    """What the banner says: what is new is being built, what was there is shown."""
    new = sum(report.is_new for report in reports)
    if not new:
        return "This report exists already" if len(reports) == 1 else "These reports exist already"
    return f"{count(new, 'report')} will be built now"


def page_of(nothing: None, reports: list[ProgressReport]) -> str:
    """The one report, or all of its period."""
    if len(reports) == 1:
        return reverse("reports:detail", args=[reports[0].pk])
    period = reports[0].period
    return reverse("reports:period", args=[period.first, period.last])


VERBS = {
    "release": Verb(
        action=actions.release,
        form=forms.ReleaseForm,
        heading="Check and release",
        success=lambda report: f"The report has been released to {report.force.name}",
        reasons_against=lambda report, by, now: reasons_not_to_release(report, by),
        page_context=lambda report, by: {"report": report, "look_at": lines_to_look_at(report)},
        template="casework/reports/release.html",
    ),
    "requeue": Verb(
        action=actions.requeue,
        heading="Build again",
        success="The report will be built again",
        reasons_against=lambda report, by, now: reasons_not_to_requeue(report),
        button_only=True,
    ),
    "acknowledge": Verb(
        action=actions.acknowledge,
        heading="Acknowledge this report",
        success="You have acknowledged the report",
        reasons_against=lambda report, by, now: reasons_not_to_acknowledge(report, by),
        button_only=True,
    ),
}
# Of no report yet. The endpoint takes the two days alone: casework/reports/api/reports.py.
REQUEST = {
    "request": Verb(
        action=actions.request,
        form=forms.RequestForm,
        heading="Request reports",
        success=requested,
        lead="They are built in the background. A report that exists for the same dates is shown instead of "
        "made again.",
        form_kwargs=lambda nothing, by: {"today": timezone.localdate()},
        next_page=page_of,
    ),
}


# No page of a verb counts as a reading of the report: it must have been read before.
pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=REPORTS.find,
    ids=lambda report: {"report_id": report.pk},
    back=lambda report, by: reverse("reports:detail", args=[report.pk]),
)
request_pages = VerbPages(verbs=REQUEST, who_may=WHO_MAY, back=lambda nothing, by: reverse("reports:list"))
