"""Finding a person from any page: over every referral that somebody may see, whatever became of it."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nexus.requests import SignedInRequest
from nexus.ui.searches import Search, searched
from referrals.finding import best_of
from referrals.forms.triage import FindForm
from referrals.lists import REFERRALS
from referrals.permissions import WHO_MAY

MOST = 25  # shown: who wants more writes more of the name


@searched(FindForm, permit=partial(WHO_MAY.permit, "view"))
def find(request: SignedInRequest, search: Search) -> HttpResponse:
    """The closest first, each with what it was found by."""
    everything = REFERRALS.seen(request.user)
    found = best_of(everything, search.words, now=timezone.now(), most=MOST + 1) if search.words else []
    shown = found[:MOST]
    REFERRALS.listed(request.user, [each.referral for each in shown])
    context = {**search.context, "found": shown, "more": len(found) > MOST, "most": MOST}
    return render(request, "referrals/find.html", context)
