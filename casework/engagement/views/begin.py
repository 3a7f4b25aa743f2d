"""Somebody rings: the way to the case of which a verbal authorisation is logged."""

from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.engagement.permissions import WHO_MAY
from casework.forms import SearchForm
from casework.lists import CASES
from casework.lists import search as search_cases
from casework.models import Case
from casework.states import BEFORE_OUTCOME
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.searches import Search, searched

CALLS_SHOWN = 20  # cases found by somebody on the telephone


@searched(SearchForm, permit=partial(WHO_MAY.permit, "log_verbal"))
def rung(request: SignedInRequest, search: Search) -> HttpResponse:
    """Somebody rings: the case by name or reference, and straight to the form."""
    now = timezone.now()
    found = list(found_for_call(request.user, search.words, now=now)) if search.words else []
    cases = found[:CALLS_SHOWN]
    if search.words:
        CASES.listed(request.user, cases)
    context = {"cases": cases, "more": len(found) > len(cases), **search.context}
    return render(request, "casework/engagement/rung.html", context)


def found_for_call(by: User, words: str, *, now: datetime) -> QuerySet[Case]:
    """Cases of these words that an operation can be asked for, and one more than are shown."""
    seen = (
        Case.objects.visible_to(by)
        .filter(state__in=BEFORE_OUTCOME)
        .select_related("referral__force")
        .prefetch_related("referral__nationalities")
    )
    return search_cases(seen.order_by("-opened_at"), words, now=now)[: CALLS_SHOWN + 1]
