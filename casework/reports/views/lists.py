"""Lists of reports: a force's own, all periods, one period of all forces; and asking for reports."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.reports import actions
from casework.reports.forms import RequestForm
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import of_period, one_report_a_period, progress_of
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.ui.forms import bind, show_refusal
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
    record(kind="report.listed", by=request.user, subjects=page.rows, now=timezone.now())
    moving = any(each.waiting for each in progress.values())
    context = {"page": page, "progress": progress, "refresh_after": refresh_after(request, moving)}
    return render(request, "casework/reports/periods.html", context)


def own_reports(request: SignedInRequest) -> HttpResponse:
    found = ProgressReport.objects.visible_to(request.user).select_related("force")
    page = KeysetPage(found, request, order=["-period_to", "-period_from"])
    record(kind="report.listed", by=request.user, subjects=page.rows, now=timezone.now())
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
    record(kind="report.listed", by=request.user, subjects=page.rows, now=timezone.now())
    context = {
        "period": covered,
        "page": page,
        "progress": progress,
        "refresh_after": refresh_after(request, progress.waiting > 0),
    }
    return render(request, "casework/reports/period.html", context)


@require_http_methods(["GET", "POST"])
def request_reports(request: SignedInRequest) -> HttpResponse:
    """Ask for one force's report or every force's; what exists already is shown."""
    WHO_MAY.permit("request", request.user)
    now = timezone.now()
    form = bind(RequestForm, request, today=timezone.localdate(now))
    if form.is_valid():
        force, covered = form.cleaned_data["force"], form.cleaned_data["period"]
        try:
            reports = actions.request(by=request.user, now=now, force=force, period=covered)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, said_of(reports))
            if force:
                return redirect("reports:detail", reports[0].pk)
            return redirect("reports:period", covered.first, covered.last)
    return render(request, "casework/reports/request.html", {"form": form})


def said_of(reports: list[ProgressReport]) -> str:
    """What the banner says: what is new is being built, what was there is shown."""
    new = sum(report.is_new for report in reports)
    if not new:
        return "This report exists already" if len(reports) == 1 else "These reports exist already"
    return f"{count(new, 'report')} will be built now"
