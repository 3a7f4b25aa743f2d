"""Doors to the forces: list, add, and what has been agreed with each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.accounts import actions
from nexus.accounts.administration.forms import AddForceForm, ForceForm
from nexus.accounts.models import Force
from nexus.accounts.permissions import WHO_MAY
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage

FORCES_A_PAGE = 50  # all of them, at the guidance's 43 and the three that may follow


@require_GET
def forces(request: SignedInRequest) -> HttpResponse:
    """Every force and whether it is engaged."""
    WHO_MAY.permit("administer", request.user)
    page = KeysetPage(Force.objects.all(), request, order=["code"], size=FORCES_A_PAGE)
    return render(request, "nexus/accounts/administration/forces.html", {"page": page})


@require_http_methods(["GET", "POST"])
def force_add(request: SignedInRequest) -> HttpResponse:
    """A force that the service does not know yet."""
    WHO_MAY.permit("administer", request.user)
    form = bind(AddForceForm, request)
    if form.is_valid():
        try:
            force = actions.add_force(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{force.name} has been added")
            return redirect("administration:forces")
    context = {"form": form, "back_url": reverse("administration:forces")}
    return render(request, "nexus/accounts/administration/force_add.html", context)


@require_http_methods(["GET", "POST"])
def force_change(request: SignedInRequest, code: str) -> HttpResponse:
    """What has been agreed with one force."""
    WHO_MAY.permit("administer", request.user)
    force = get_object_or_404(Force, code=code)
    asked = ("engaged", "engaged_on", "value_added_activity", "region")
    now_agreed = {name: getattr(force, name) for name in asked}
    form = bind(ForceForm, request, initial=now_agreed)
    if form.is_valid():
        try:
            force = actions.change_force(
                force_id=force.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, what_changed(now_agreed, force))
            return redirect("administration:forces")
    context = {"form": form, "force": force, "back_url": reverse("administration:forces")}
    return render(request, "nexus/accounts/administration/force_change.html", context)


def what_changed(before: dict[str, Any], force: Force) -> str:
    """What the banner says: "Kent Police has been changed: region South East"."""
    words = {
        "engaged": "engaged" if force.engaged else "no longer engaged",
        "engaged_on": f"engaged since {date(force.engaged_on)}"
        if force.engaged_on
        else "no date of engagement",
        "value_added_activity": "takes part in value added activity"
        if force.value_added_activity
        else "takes no part in value added activity",
        "region": f"region {force.in_region}" if force.region else "no region",
    }
    changed = [said for name, said in words.items() if getattr(force, name) != before[name]]
    if not changed:
        return f"Nothing was changed: {force.name} stands as it was"
    return f"{force.name} has been changed: {', '.join(changed)}"
