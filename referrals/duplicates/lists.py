"""Pairs, what was said of them, and merges as people meet them. Reads only."""

from django.db.models import Prefetch

from nexus.rows import Rows
from referrals.duplicates.models import Judgement, Merge, Pair
from referrals.duplicates.permissions import WHO_MAY
from referrals.models import Referral

SIDES = tuple(f"{side}__{name}" for side in ("referral", "other") for name in ("force", "claimed_by"))

PAIRS = Rows(
    noun="duplicates",
    seen=lambda by: (
        Pair.objects.visible_to(by)
        .select_related("person", *SIDES)
        .prefetch_related(Prefetch("judgements", Judgement.objects.select_related("by", "taken_back_by")))
    ),
    who_may=WHO_MAY,
)

JUDGEMENTS = Rows(
    noun="judgement",
    seen=lambda by: Judgement.objects.visible_to(by).select_related(
        "by", "taken_back_by", *(f"pair__{side}" for side in SIDES)
    ),
    who_may=WHO_MAY,
)

MERGES = Rows(
    noun="merge",
    seen=lambda by: Merge.objects.visible_to(by).select_related("leading", "follower", "by", "undone_by"),
    who_may=WHO_MAY,
)


def referrals_of(pair: Pair) -> list[Referral]:
    """Its referrals, the older first: two, or one beside a person of the register."""
    return [each for each in (pair.referral, pair.other) if each]
