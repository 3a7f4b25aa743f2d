"""The managers' dashboard: the funnel from referral to outcome, and the time each stage takes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.reports import counting, findings, funnel
from casework.reports.actions.counting import count_what_moved
from casework.reports.forms import DashboardForm
from casework.reports.funnel import Cohort
from casework.reports.permissions import WHO_MAY
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.requests import SignedInRequest
from nexus.ui.environment import query
from nexus.ui.paging import KeysetPage

MONTHS_AT_ONCE = 6  # counted again before a page is shown; the worker counts the others


@require_GET
@long_statements()
def dashboard(request: SignedInRequest) -> HttpResponse:
    """All referrals, or those of one force or made in a time."""
    WHO_MAY.permit("view_dashboard", request.user)
    filters, cohort = chosen(request)
    months_due = count_what_moved(months=MONTHS_AT_ONCE)
    detail = {"force": cohort.force.pk if cohort.force else None}
    record(kind="dashboard.viewed", by=request.user, now=timezone.now(), detail=detail)
    context = {"filters": filters, "cohort": cohort, "months_due": months_due} | numbers(request, cohort)
    return render(request, "casework/reports/dashboard.html", context)


def chosen(request: SignedInRequest) -> tuple[DashboardForm, Cohort]:
    """The filters of the address; what is not understood filters nothing."""
    filters = DashboardForm(request.GET)
    filters.is_valid()
    values = filters.cleaned_data
    return filters, Cohort(values.get("force"), values.get("made_from"), values.get("made_to"))


def numbers(request: SignedInRequest, cohort: Cohort) -> dict[str, Any]:
    """Every number of the page with its finding, and the address of the list behind each."""
    here, page = request.GET, reverse("reports:dashboard")
    return findings.page_of(
        counting.counted(cohort),
        counting.made_by_force(cohort),
        list_of=lambda key: reverse("reports:referrals_behind", args=[key]) + query(here),
        only=lambda force: page + query(here, force=force),
    )


@require_GET
def referrals_behind(request: SignedInRequest, number: str) -> HttpResponse:
    """The referrals that a number of the dashboard counts, under the dashboard's own filters."""
    WHO_MAY.permit("view_dashboard", request.user)
    if number not in funnel.NUMBERS:
        raise Http404
    _, cohort = chosen(request)
    words, which = funnel.NUMBERS[number]
    found = cohort.referrals().filter(which).select_related("force", "case")
    page = KeysetPage(found, request, order=["-submitted_at", "-pk"], never_empty=["submitted_at"])
    detail = {"number": number, "force": cohort.force.pk if cohort.force else None}
    record(kind="referral.listed", by=request.user, subjects=page.rows, now=timezone.now(), detail=detail)
    context = {
        "words": words,
        "cohort": cohort,
        "page": page,
        "erased": counting.erased(cohort, number),
        "back_url": reverse("reports:dashboard") + query(request.GET, after=None, before=None),
    }
    return render(request, "casework/reports/behind.html", context)
