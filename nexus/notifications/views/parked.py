"""The e-mails that could not be sent, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nexus.notifications.lists import MAILS
from nexus.notifications.permissions import WHO_MAY
from nexus.notifications.states import State
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def parked(request: SignedInRequest) -> HttpResponse:
    """Newest first, each with its button."""
    WHO_MAY.permit("view_parked", request.user)
    found = MAILS.seen(request.user).filter(state=State.PARKED)
    page = KeysetPage(found, request, order=["-made_at", "-pk"])
    return render(request, "nexus/notifications/parked.html", {"page": page})
