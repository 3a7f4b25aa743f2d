"""The managers' dashboard: the funnel from referral to outcome, and the time each stage takes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.reports import actions, counting, findings, funnel
from casework.reports.forms import DashboardForm
from casework.reports.funnel import Cohort
from casework.reports.permissions import WHO_MAY
from nexus.accounts.models import Force
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.requests import SignedInRequest
from nexus.ui.charts import Bar
from nexus.ui.environment import query
from nexus.ui.paging import KeysetPage

MONTHS_AT_ONCE = 6  # counted again before a page is shown; the worker counts the others


@require_GET
@long_statements()
def dashboard(request: SignedInRequest) -> HttpResponse:
    """All referrals, or those of one force or made in a time."""
    WHO_MAY.permit("view_dashboard", request.user)
    filters = DashboardForm(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    cohort = Cohort(chosen.get("force"), chosen.get("made_from"), chosen.get("made_to"))
    months_due = actions.count_what_moved(months=MONTHS_AT_ONCE)
    found = counting.counted(cohort)
    steps, places = funnel.steps(found), funnel.places(found)
    outcomes, stages = funnel.outcomes(found), funnel.stages(found)
    forces = made_by_force(cohort)
    detail = {"force": cohort.force.pk if cohort.force else None}
    record(kind="dashboard.viewed", by=request.user, now=timezone.now(), detail=detail)
    here = reverse("reports:dashboard")

    def list_of(key: str) -> str:
        return reverse("reports:referrals_behind", args=[key]) + query(request.GET)

    context = {
        "filters": filters,
        "cohort": cohort,
        "made": steps["made"],
        "months_due": months_due,
        "list_of": list_of,
        "funnel": findings.funnel_bars(steps, list_of),
        "funnel_found": findings.of_funnel(steps),
        "leaving": findings.leaving_bars(steps, list_of),
        "leaving_found": findings.of_leaving(steps),
        "outcomes": findings.outcome_bars(outcomes, list_of),
        "outcomes_found": findings.of_outcomes(outcomes),
        "places": [(place, funnel.PLACES[place][0], number) for place, number in places.items() if number],
        "places_total": sum(places.values()),
        "stages": stages,
        "said": findings.days_in_figures,
        "stage_bars": findings.stage_bars(stages),
        "stages_found": findings.of_stages(stages),
        "forces": [
            Bar(name, number, href=here + query(request.GET, force=pk)) for pk, name, number in forces
        ],
        "forces_found": findings.of_forces(forces),
    }
    return render(request, "casework/reports/dashboard.html", context)


def made_by_force(cohort: Cohort) -> list[tuple[int, str, int]]:
    """(force, its name, referrals made), most first."""
    made = counting.made_by_force(cohort)
    names = Force.objects.filter(pk__in=made).values_list("pk", "name")
    return sorted(((pk, name, made[pk]) for pk, name in names), key=lambda one: (-one[2], one[1]))


@require_GET
def referrals_behind(request: SignedInRequest, number: str) -> HttpResponse:
    """The referrals that a number of the dashboard counts, under the dashboard's own filters."""
    WHO_MAY.permit("view_dashboard", request.user)
    if number not in funnel.NUMBERS:
        raise Http404
    filters = DashboardForm(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    cohort = Cohort(chosen.get("force"), chosen.get("made_from"), chosen.get("made_to"))
    words, which = funnel.NUMBERS[number]
    found = cohort.referrals().filter(which).select_related("force", "case")
    page = KeysetPage(found, request, order=["-submitted_at", "-pk"], never_empty=["submitted_at"])
    detail = {"number": number, "force": cohort.force.pk if cohort.force else None}
    record(kind="referral.listed", by=request.user, subjects=page.rows, now=timezone.now(), detail=detail)
    context = {
        "words": words,
        "cohort": cohort,
        "page": page,
        "back_url": reverse("reports:dashboard") + query(request.GET, after=None, before=None),
    }
    return render(request, "casework/reports/behind.html", context)
