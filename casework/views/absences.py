"""Who is away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import ABSENCE_ROWS
from casework.permissions import ABSENCES
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Absences that are not over, the next first."""
    ABSENCES.permit("record_absence", request.user)
    today = timezone.localdate()
    rows = ABSENCE_ROWS.seen(request.user).filter(last_day__gte=today, cancelled_at=None)
    page = KeysetPage(rows, request, order=["first_day"])
    ABSENCE_ROWS.listed(request.user, page.rows)
    return render(request, "casework/absences.html", {"page": page, "today": today})
