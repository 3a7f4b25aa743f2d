"""Nexus material whose text is approved, for PART.rests_on_referral (referrals/parts.py)."""

from collections.abc import Iterator

from django.urls import reverse

from casework.material.models import Material
from casework.material.states import LOCKED
from referrals.models import Referral
from referrals.parts import Resting


def rests_on_referral(*, referral: Referral) -> Iterator[Resting]:
    """One query."""
    for each in Material.objects.filter(case__referral=referral).filter(state__in=LOCKED):
        words = f"Nexus material “{each.title}”: {each.get_state_display().lower()}"
        yield Resting(each, words, reverse("material:detail", args=[each.pk]))
