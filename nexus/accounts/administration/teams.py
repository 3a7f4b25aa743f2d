"""Doors to the Home Office teams: list, add, rename."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.accounts import actions
from nexus.accounts.administration.forms import TeamForm
from nexus.accounts.models import Team
from nexus.accounts.permissions import WHO_MAY
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage


@require_GET
def teams(request: SignedInRequest) -> HttpResponse:
    """Every team and how many people belong to it."""
    WHO_MAY.permit("administer", request.user)
    page = KeysetPage(Team.objects.annotate(people=Count("users")), request, order=["name"])
    return render(request, "nexus/accounts/administration/teams.html", {"page": page})


@require_http_methods(["GET", "POST"])
def team_add(request: SignedInRequest) -> HttpResponse:
    """A new team."""
    WHO_MAY.permit("administer", request.user)
    form = bind(TeamForm, request)
    if form.is_valid():
        try:
            team = actions.add_team(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{team.name} has been added")
            return redirect("administration:teams")
    context = {"form": form, "button": "Add team", "back_url": reverse("administration:teams")}
    return render(request, "nexus/accounts/administration/team.html", context)


@require_http_methods(["GET", "POST"])
def team_rename(request: SignedInRequest, team_id: int) -> HttpResponse:
    """Another name for a team."""
    WHO_MAY.permit("administer", request.user)
    team = get_object_or_404(Team, pk=team_id)
    form = bind(TeamForm, request, team=team, initial={"name": team.name})
    if form.is_valid():
        try:
            team = actions.rename_team(
                team_id=team_id, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"The team is now called {team.name}")
            return redirect("administration:teams")
    context = {"form": form, "button": "Rename team", "back_url": reverse("administration:teams")}
    return render(request, "nexus/accounts/administration/team.html", context)
