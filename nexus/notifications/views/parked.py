"""The e-mails that could not be sent, for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from nexus.notifications import actions
from nexus.notifications.models import Mail
from nexus.notifications.permissions import WHO_MAY
from nexus.notifications.states import State
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict


@require_GET
def parked(request: SignedInRequest) -> HttpResponse:
    WHO_MAY.permit("view_parked", request.user)
    found = Mail.objects.visible_to(request.user).filter(state=State.PARKED).select_related("person")
    page = KeysetPage(found, request, order=["-made_at", "-pk"])
    return render(request, "nexus/notifications/parked.html", {"page": page})


@require_POST
def retry(request: SignedInRequest, mail_id: int) -> HttpResponse:
    WHO_MAY.permit("retry", request.user)
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=mail_id)
    try:
        actions.retry(mail_id=mail.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("notifications:parked"))
    messages.success(request, "The e-mail will be sent again")
    return redirect("notifications:parked")
