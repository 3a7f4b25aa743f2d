"""Who at Croydon has how much: for managers, as the workload board is for Liverpool."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.parts import BACKLOGS
from nexus.requests import SignedInRequest
from nexus.working_days import working_days_between
from referrals.desk.permissions import WHO_MAY
from referrals.desk.queries import officer_loads, returned_proposals, unclaimed
from referrals.lists import PROPOSED

RETURNED_SHOWN = 20


@require_GET
def officers(request: SignedInRequest) -> HttpResponse:
    """Each count leads to the referrals it counts."""
    WHO_MAY.permit("view_officers", request.user)
    now = timezone.now()
    record(kind="workload.viewed", by=request.user, now=now, detail={"of": "triage"})
    returned = list(returned_proposals()[:RETURNED_SHOWN])
    PROPOSED.listed(request.user, returned)
    context = {
        "loads": officer_loads(now),
        "unclaimed": unclaimed(now),
        "returned": returned,
        "backlogs": BACKLOGS.now(),
        "age": lambda since: working_days_between(since, now),
    }
    return render(request, "referrals/desk/officers.html", context)
