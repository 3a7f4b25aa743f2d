"""Lists of reports: a force's own, all periods, one period of all forces."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.reports.lists import REPORTS
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import of_period, one_report_a_period, progress_of
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage

REFRESH = 5  # seconds between two looks at progress


def refresh_after(request: SignedInRequest, moving: bool) -> int:
    """Seconds until the page looks again; 0 when nothing moves or the reader wants it still."""
    return REFRESH if moving and "still" not in request.GET else 0


@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    """Managers see periods, the police their force's released reports."""
    WHO_MAY.permit("view", request.user)
    return periods(request) if WHO_MAY.may("view_every_force", request.user) else own_reports(request)


def periods(request: SignedInRequest) -> HttpResponse:
    found = one_report_a_period(ProgressReport.objects.visible_to(request.user))
    page = KeysetPage(found, request, order=["-period_to", "-period_from"])
    progress = progress_of(report.period for report in page)
    REPORTS.listed(request.user, page.rows)
    moving = any(each.on_the_way for each in progress.values())
    context = {"page": page, "progress": progress, "refresh_after": refresh_after(request, moving)}
    return render(request, "casework/reports/periods.html", context)


def own_reports(request: SignedInRequest) -> HttpResponse:
    found = REPORTS.seen(request.user)
    page = KeysetPage(found, request, order=["-period_to", "-period_from"])
    REPORTS.listed(request.user, page.rows)
    return render(request, "casework/reports/own.html", {"page": page})


@require_GET
def period(request: SignedInRequest, first: date, last: date) -> HttpResponse:
    """Every force's report of one period, with progress while any is being built."""
    WHO_MAY.permit("view_every_force", request.user)
    covered = Period(first, last)
    reports = of_period(ProgressReport.objects.visible_to(request.user), covered)
    progress = progress_of([covered])[covered]
    if not progress.wanted:
        raise Http404
    page = KeysetPage(reports, request, order=["force__code"], size=50)
    REPORTS.listed(request.user, page.rows)
    context = {
        "period": covered,
        "page": page,
        "progress": progress,
        "refresh_after": refresh_after(request, progress.on_the_way > 0),
    }
    return render(request, "casework/reports/period.html", context)
