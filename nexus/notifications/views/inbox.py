"""One's own inbox."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.notifications import actions
from nexus.notifications.lists import NOTIFICATIONS
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def inbox(request: SignedInRequest) -> HttpResponse:
    """Newest first, what is unread marked."""
    page = KeysetPage(NOTIFICATIONS.seen(request.user), request, order=["-made_at", "-pk"])
    return render(request, "nexus/notifications/list.html", {"page": page})


@require_GET
def follow(request: SignedInRequest, notification_id: int) -> HttpResponse:
    """On to what it is about; opened is read. Whether the person may still see that, its page says."""
    found = NOTIFICATIONS.find(request.user, notification_id=notification_id)
    actions.mark_read(notification_id=found.pk, by=request.user, now=timezone.now())
    return redirect(found.target)
