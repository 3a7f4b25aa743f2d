"""One's own inbox."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from nexus.notifications import actions
from nexus.notifications.models import Notification
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.ui.paging import KeysetPage


@require_GET
def inbox(request: SignedInRequest) -> HttpResponse:
    """Newest first, what is unread marked."""
    found = Notification.objects.visible_to(request.user)
    page = KeysetPage(found, request, order=["-made_at", "-pk"])
    return render(request, "nexus/notifications/list.html", {"page": page})


@require_GET
def follow(request: SignedInRequest, notification_id: int) -> HttpResponse:
    """On to what it is about; opened is read. Whether the person may still see that, its page says."""
    found = get_object_or_404(Notification.objects.visible_to(request.user), pk=notification_id)
    actions.mark_read(notification_id=found.pk, by=request.user, now=timezone.now())
    return redirect(found.target)


@require_POST
def mark_all_read(request: SignedInRequest) -> HttpResponse:
    number = actions.mark_all_read(by=request.user, now=timezone.now())
    messages.success(request, f"{count(number, 'notification')} marked as read")
    return redirect("notifications:list")
