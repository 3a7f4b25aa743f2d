"""Operations that are asked for, authorised or under way, for PART.rests_on_referral (referrals/parts.py)."""

from collections.abc import Iterator

from django.urls import reverse

from casework.engagement.models import Engagement
from casework.engagement.states import GOES_ON
from referrals.models import Referral
from referrals.parts import Resting


def rests_on_referral(*, referral: Referral) -> Iterator[Resting]:
    """One query."""
    for each in Engagement.objects.filter(case__referral=referral).filter(state__in=GOES_ON):
        words = f"Operation: {each.get_kind_display().lower()}, {each.get_state_display().lower()}"
        yield Resting(each, words, reverse("engagement:detail", args=[each.pk]))
