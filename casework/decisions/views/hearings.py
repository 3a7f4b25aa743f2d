"""The list of hearings to come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.decisions.lists import HEARINGS
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import answer_due, clashes_of, weeks_of
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def hearings(request: SignedInRequest) -> HttpResponse:
    """The days in court ahead, the nearest first and by week, with what clashes: a case-owner's own, for others all they see."""
    WHO_MAY.permit("view_hearings", request.user)
    page = KeysetPage(HEARINGS.seen(request.user), request, order=["on"])
    HEARINGS.listed(request.user, page.rows)
    today = timezone.localdate()
    rows = list(page.rows)
    context = {"page": page, "today": today, "answer_due": answer_due(today)}
    context |= {"clashes": clashes_of(rows), "weeks": weeks_of(rows)}
    return render(request, "casework/decisions/hearings.html", context)
