"""One report as its force reads it, and what may be done to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.reports.actions.acknowledge import reasons_not_to_acknowledge
from casework.reports.actions.queue import reasons_not_to_requeue
from casework.reports.exports import KINDS, totals_of
from casework.reports.lists import REPORTS
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import lines_asking, lines_with_referrals, names_seen
from casework.reports.states import BUILT, RELEASED, WAITING, State
from casework.reports.views.lists import refresh_after
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def detail(request: SignedInRequest, report_id: int) -> HttpResponse:
    """The report as its force reads it, with what may be done to it now."""
    user = request.user
    report = REPORTS.open(user, "view", report_id=report_id)
    is_built = report.state in BUILT
    if is_built:
        REPORTS.viewed(user, report)
    page = KeysetPage(lines_with_referrals(report), request, order=["referral__reference"], size=100)
    asking = list(lines_asking(report)) if is_built else []
    context = {
        "report": report,
        "is_built": is_built,
        "totals": totals_of(report) if is_built else [],
        "asking": asking,
        "page": page,
        "names": names_seen([line.referral for line in [*page.rows, *asking]], by=user),
        "kinds": KINDS if report.state in RELEASED else [],
        "may_release": WHO_MAY.may("release", user) and report.state == State.DRAFT,
        "may_requeue": WHO_MAY.may("requeue", user) and not reasons_not_to_requeue(report),
        "may_acknowledge": WHO_MAY.may("acknowledge", user) and not reasons_not_to_acknowledge(report, user),
        "manages": WHO_MAY.may("view_every_force", user),
        "refresh_after": refresh_after(request, report.state in WAITING),
    }
    return render(request, "casework/reports/detail.html", context)
