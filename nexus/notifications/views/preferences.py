"""How one wants to be told."""

from datetime import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.notifications import actions
from nexus.notifications.forms import PreferencesForm
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind


@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    form = bind(PreferencesForm, request, user=request.user)
    if form.is_valid():
        actions.choose(by=request.user, now=timezone.now(), choices=form.cleaned_data)
        messages.success(request, "Your choices have been saved")
        return redirect("notifications:list")
    context = {
        "form": form,
        "hour": time(settings.NEXUS_DIGEST_HOUR),
        "back_url": reverse("notifications:list"),
    }
    return render(request, "nexus/notifications/preferences.html", context)
