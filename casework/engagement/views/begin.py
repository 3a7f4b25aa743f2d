"""Somebody rings: the way to the case of which a verbal authorisation is logged."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.engagement.permissions import WHO_MAY
from casework.forms import SearchForm
from casework.lists import search
from casework.models import Case
from casework.states import BEFORE_OUTCOME
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.forms import bind

CALLS_SHOWN = 20  # cases found by somebody on the telephone


@require_http_methods(["GET", "POST"])
def rung(request: SignedInRequest) -> HttpResponse:
    """Somebody rings: the case by name or reference, and straight to the form. What is posted comes back as a key."""
    WHO_MAY.permit("log_verbal", request.user)
    form, now = bind(SearchForm, request), timezone.now()
    if form.is_valid():
        return redirect(f"{request.path}?find={searches.remember(request, form.cleaned_data['words'])}")
    words = searches.recall(request, request.GET.get("find", ""))
    found = list(found_for_call(request.user, words, now=now)) if words else []
    shown = found[:CALLS_SHOWN]
    if words:
        record(kind="case.listed", by=request.user, subjects=shown, now=now)
    context = {
        "form": form,
        "words": words,
        "cases": shown,
        "more": len(found) > len(shown),
        "ended": bool(request.GET.get("find")) and not words,
    }
    return render(request, "casework/engagement/rung.html", context)


def found_for_call(by: User, words: str, *, now: datetime) -> QuerySet[Case]:
    """Cases of these words that an operation can be asked for, and one more than are shown."""
    seen = Case.objects.visible_to(by).filter(state__in=BEFORE_OUTCOME).select_related("referral__force")
    return search(seen.order_by("-opened_at"), words, now=now)[: CALLS_SHOWN + 1]
