"""What is done to an entry, a row a verb: its page and its endpoint are made from it (nexus/verbs.py)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.keying import actions, forms
from casework.keying.actions.confirm import reasons_not_to_confirm, reasons_not_to_correct
from casework.keying.lists import ENTRIES
from casework.keying.models import Entry
from casework.keying.permissions import WHO_MAY
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages


def who_keys(entry: Entry) -> str:
    """The Referrals Office keys flags, Liverpool allocations."""
    return entry.verb


VERBS = {
    "confirm": Verb(
        action=actions.confirm,
        form=forms.ConfirmForm,
        heading="Key this on CID or Atlas",
        button="Confirm that it is keyed",
        success=lambda keyed: f"Confirmed for {keyed.referral.reference}: it is keyed",
        permission=who_keys,
        permissions=("confirm_flag", "confirm_allocation"),
        reasons_against=lambda entry, by, now: reasons_not_to_confirm(entry),
    ),
    "correct": Verb(
        action=actions.correct,
        form=forms.CorrectForm,
        heading="Correct a confirmation",
        button="Take the confirmation back",
        success=lambda keyed: f"{keyed.referral.reference} is to be keyed again",
        permission=who_keys,
        permissions=("confirm_flag", "confirm_allocation"),
        reasons_against=lambda entry, by, now: reasons_not_to_correct(entry),
    ),
}


def show(request: SignedInRequest, entry: Entry, name: str, *, status: int, **context: Any) -> HttpResponse:
    """What to key where, on whose record; written down as read."""
    ENTRIES.viewed(request.user, entry)
    return render(request, f"casework/keying/{name}.html", {"entry": entry, **context}, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=ENTRIES.find,
    ids=lambda entry: {"key": entry.pk},
    show=show,
    back=lambda entry, by: reverse("keying:list"),
)
