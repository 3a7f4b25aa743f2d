"""The administrator's lists: accounts, forces, teams, and the bank holidays to come."""

from functools import partial

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.accounts.administration.forms import FindUserForm, UserFilterForm
from nexus.accounts.administration.queries import coming_holidays, users_like
from nexus.accounts.models import Force, Team
from nexus.accounts.permissions import WHO_MAY
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched
from nexus.working_days import list_ends_on, list_ends_soon

FORCES_A_PAGE = 50  # all of them, at the guidance's 43 and the three that may follow


@searched(FindUserForm, permit=partial(WHO_MAY.permit, "administer"))
def users(request: SignedInRequest, search: Search) -> HttpResponse:
    """Every account, filtered and searched."""
    filters = UserFilterForm(request.GET)
    filters.is_valid()
    page = KeysetPage(users_like(search.words, **filters.cleaned_data), request, order=["full_name"])
    context = {
        "filters": filters,
        "page": page,
        **search.context,
    }
    return render(request, "nexus/accounts/administration/users.html", context)


@require_GET
def forces(request: SignedInRequest) -> HttpResponse:
    """Every force and whether it is engaged."""
    WHO_MAY.permit("administer", request.user)
    page = KeysetPage(Force.objects.all(), request, order=["code"], size=FORCES_A_PAGE)
    return render(request, "nexus/accounts/administration/forces.html", {"page": page})


@require_GET
def teams(request: SignedInRequest) -> HttpResponse:
    """Every team and how many people belong to it."""
    WHO_MAY.permit("administer", request.user)
    page = KeysetPage(Team.objects.annotate(people=Count("users")), request, order=["name"])
    return render(request, "nexus/accounts/administration/teams.html", {"page": page})


@require_GET
def bank_holidays(request: SignedInRequest) -> HttpResponse:
    """Those to come, and a warning before the published list ends."""
    WHO_MAY.permit("administer", request.user)
    today = timezone.localdate()
    context = {
        "holidays": coming_holidays(today),
        "ends_on": list_ends_on(),
        "ends_soon": list_ends_soon(today),
        "ended": today > list_ends_on(),
    }
    return render(request, "nexus/accounts/administration/bank_holidays.html", context)
