"""The decision that stands on a case, draft or made, for PART.rests_on_referral (referrals/parts.py)."""

from collections.abc import Iterator

from django.urls import reverse

from casework.decisions.models import Decision
from casework.decisions.states import State
from referrals.models import Referral
from referrals.parts import Resting


def rests_on_referral(*, referral: Referral) -> Iterator[Resting]:
    """One query."""
    for each in Decision.objects.filter(case__referral=referral).exclude(state=State.SUPERSEDED):
        words = f"Decision on the case: {each.get_state_display().lower()}"
        yield Resting(each, words, reverse("decisions:read", args=[referral.reference, each.pk]))
