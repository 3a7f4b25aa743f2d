"""Nexus High Harm flags, for Criminal Casework and others: what is flagged, and what that signifies."""

from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched
from referrals import triage
from referrals.finding import search as search_referrals
from referrals.forms.triage import FlagSearchForm
from referrals.models import Allocation, Referral, SpecialConditionsFlag
from referrals.permissions import WHO_MAY
from referrals.rules.assessment import flag_for


@searched(FlagSearchForm, permit=partial(WHO_MAY.permit, "view_flags"))
def flags(request: SignedInRequest, search: Search) -> HttpResponse:
    """Flags found by a search; none is shown without one. Nothing else of a referral is shown."""
    now, page = timezone.now(), None
    if search.words:
        found = search_referrals(Referral.objects.all(), search.words, now=now)
        seen = with_holders(SpecialConditionsFlag.objects.visible_to(request.user).latest_of_each())
        page = KeysetPage(seen.filter(referral__in=found), request, order=["-set_at"])
        record(kind="flag.listed", by=request.user, subjects=page.rows, now=now)
    may_change = WHO_MAY.may("remove_flag", request.user)
    context = {**search.context, "page": page, "may_change_flag": may_change}
    return render(request, "referrals/flags/list.html", context)


def context(referral: Referral, by: User) -> dict[str, Any]:
    """What the pages say on which the flag is removed or set again. Whose case it is does not change."""
    flag = referral.flag
    return {
        "flag": flag,
        "text": flag_for(referral.force.metropolitan),
        "holder": triage.allocation_of(referral) or (flag and flag.decision.held_by),
    }


def with_holders(flags: QuerySet[SpecialConditionsFlag]) -> QuerySet[SpecialConditionsFlag]:
    """With the force, the team that had the case, and the open allocation (`referral.open`)."""
    open_now = Allocation.objects.filter(ended_at=None).select_related("team")
    return flags.select_related("referral__force", "decision__held_by", "removed_by").prefetch_related(
        "referral__nationalities", Prefetch("referral__allocations", queryset=open_now, to_attr="open")
    )
