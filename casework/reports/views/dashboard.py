"""The managers' dashboard: the funnel from referral to outcome, and the time each stage takes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.reports import findings, funnel
from casework.reports.forms import DashboardForm
from casework.reports.funnel import Cohort
from casework.reports.permissions import WHO_MAY
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.requests import SignedInRequest
from nexus.ui.charts import Bar
from nexus.ui.environment import query


@require_GET
@long_statements()
def dashboard(request: SignedInRequest) -> HttpResponse:
    """All referrals, or those of one force or made in a time."""
    WHO_MAY.permit("view_dashboard", request.user)
    filters = DashboardForm(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    cohort = Cohort(chosen.get("force"), chosen.get("made_from"), chosen.get("made_to"))
    steps, places = funnel.steps(cohort), funnel.places(cohort)
    outcomes, stages = funnel.outcomes(cohort), funnel.stages(cohort)
    forces = funnel.made_by_force(cohort)
    detail = {"force": cohort.force.pk if cohort.force else None}
    record(kind="dashboard.viewed", by=request.user, now=timezone.now(), detail=detail)
    here = reverse("reports:dashboard")
    context = {
        "filters": filters,
        "cohort": cohort,
        "made": steps["made"],
        "funnel": findings.funnel_bars(steps),
        "funnel_found": findings.of_funnel(steps),
        "leaving": findings.leaving_bars(steps),
        "leaving_found": findings.of_leaving(steps),
        "outcomes": list(outcomes.items()),
        "outcomes_found": findings.of_outcomes(outcomes),
        "places": [(place, number) for place, number in places.items() if number],
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
