"""The force after it has sent its referral: the list, and one referral as it follows it."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.requests_to_force import requests_to
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched
from referrals.actions.adding import reasons_not_to_add
from referrals.finding import search as search_referrals
from referrals.following import following
from referrals.forms.follow import ListFilter
from referrals.forms.triage import SearchForm
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.states import State
from referrals.summary import summary_of


@searched(SearchForm, permit=partial(WHO_MAY.permit, "start"))
def listed(request: SignedInRequest, search: Search) -> HttpResponse:
    """The force's own referrals, newest first."""
    now, filters = timezone.now(), ListFilter(request.GET)
    everything = REFERRALS.seen(request.user).select_related("telephone")
    found = filtered(everything, filters, by=request.user)
    if search.words:
        found = search_referrals(found, search.words, now=now)
    page = KeysetPage(found, request, order=["-created_at"], anchors=everything)
    REFERRALS.listed(request.user, page.rows)
    context = {
        "page": page,
        "filters": filters,
        **search.context,
    }
    return render(request, "referrals/follow/list.html", context)


def filtered(found: QuerySet[Referral], filters: ListFilter, *, by: User) -> QuerySet[Referral]:
    """Those asked for; a filter that is not understood filters nothing."""
    wanted = filters.cleaned_data if filters.is_valid() else {}
    if wanted.get("state"):
        found = found.filter(state__in=wanted["state"])
    if wanted.get("mine"):
        found = found.filter(created_by=by)
    if wanted.get("telephone"):
        found = found.filter(telephone__isnull=False, state=State.DRAFT)
    return found


def follow_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """One referral as its force sees it. Called by `detail`. A draft goes to its task list."""
    if referral.state == State.DRAFT:
        return redirect("referrals:tasks", referral.reference)
    REFERRALS.viewed(request.user, referral, page="detail")
    context = {
        "referral": referral,
        "following": following(referral),
        "asked": [each for each in requests_to(request.user) if each.reference == referral.reference],
        "summary": summary_of(referral),
        "may_add": WHO_MAY.may("add_information", request.user) and not reasons_not_to_add(referral),
        "may_withdraw": not referral.reasons_not_to_move("withdraw"),
        "back_url": reverse("referrals:list"),
    }
    return render(request, "referrals/follow/detail.html", context)
