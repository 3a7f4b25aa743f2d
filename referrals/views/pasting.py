"""Rows pasted from a spreadsheet or a PNC print: each is proposed as an event, and added once it is confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.ui.forms import bind
from nexus.verbs import attempt
from referrals import actions
from referrals.forms.events import OFFENCE_LIST, PasteForm, ProposedForm
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.pasting import MOST_ROWS
from referrals.rules.offences import OFFENCES
from referrals.states import State
from referrals.views.draft import no_longer_a_draft
from referrals.views.rows import back_to

NONE_CONFIRMED = "Tick each event that is right, or go back if none is"


@require_http_methods(["GET", "POST"])
def paste(request: SignedInRequest, reference: str) -> HttpResponse:
    """The rows; what was read in them, to be confirmed; and back to the table with what was."""
    referral = REFERRALS.open_in_turn(request, "edit", reference=reference)
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    if request.method == "POST" and "proposed" in request.POST:
        return confirm(request, referral)
    form = bind(PasteForm, request)
    if not form.is_valid():
        REFERRALS.viewed(request.user, referral, page="conduct")
        context = {"form": form, "referral": referral, "back_url": back_to(request, referral, "conduct")}
        return render(request, "referrals/draft/paste.html", context)
    same = {name: form.cleaned_data[name] for name in ("kind", "part", "grounding")}
    proposals = [
        ProposedForm(
            prefix=str(number),
            initial={**same, **each.values, "source": each.words[:2000], "doubts": " ¶ ".join(each.doubts)},
        )
        for number, each in enumerate(form.cleaned_data["rows"])
    ]
    return proposed(request, referral, proposals)


def confirm(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """Add what was ticked, all of it or, where something is not right yet, nothing."""
    text = request.POST["proposed"]
    number = min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    forms = [ProposedForm(request.POST, prefix=str(each)) for each in range(number)]
    wrong = [each for each in forms if not each.is_valid()]
    confirmed = [each.event() for each in forms if not wrong and each.cleaned_data["confirmed"]]
    if not confirmed:
        return proposed(request, referral, forms, [] if wrong else [{"text": NONE_CONFIRMED}])
    tried = attempt(
        None,
        actions.add_events,
        referral_id=referral.pk,
        by=request.user,
        now=timezone.now(),
        events=confirmed,
    )
    if not tried.succeeded:
        return proposed(request, referral, forms, [{"text": each} for each in tried.reasons], tried.status)
    left = f". {count(number - len(confirmed), 'row')} left out" if number > len(confirmed) else ""
    messages.success(request, f"Added: {count(len(confirmed), 'event')}{left}")
    return redirect(back_to(request, referral, "conduct"))


def proposed(
    request: SignedInRequest,
    referral: Referral,
    forms: list[ProposedForm],
    problems: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The proposals, each beside the words it was made of."""
    REFERRALS.viewed(request.user, referral, page="conduct")
    context: dict[str, Any] = {
        "proposals": forms,
        "forms": forms,
        "page_problems": problems,
        "referral": referral,
        "offence_list": OFFENCE_LIST,
        "offences": OFFENCES,
        "back_url": back_to(request, referral, "conduct"),
    }
    return render(request, "referrals/draft/proposed.html", context, status=status)
