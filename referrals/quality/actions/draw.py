"""Once a month so many of a hundred of last month's decisions are drawn to be read again."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nexus.audit.recording import record
from referrals.quality.models import Draw, Reading
from referrals.quality.queries import standing_at
from referrals.quality.rules import METHOD, drawn, month_before


@transaction.atomic
def draw_due(*, now: datetime, seed: str = "") -> Draw | None:
    """Draw of last month's standing decisions, once: what is drawn already is left alone, and None comes back.

    The seed is chance and written down, so that nobody can foresee a draw and anybody can repeat it; one is
    given only by the demonstration and tests.
    """
    percentage = settings.NEXUS_QUALITY_PERCENT
    if not percentage:
        return None
    month = month_before(timezone.localdate(now))
    standing = dict(standing_at(now, month=month).values_list("referral__reference", "pk"))
    seed = seed or secrets.token_hex(16)
    draw, made = Draw.objects.get_or_create(
        month=month,
        defaults={
            "percentage": percentage,
            "seed": seed,
            "method": METHOD,
            "decisions": len(standing),
            "drawn_at": now,
        },
    )
    if not made:
        return None
    chosen = drawn(standing, seed=seed, percentage=percentage)
    Reading.objects.bulk_create(
        Reading(draw=draw, decision_id=standing[reference], place=place)
        for place, reference in enumerate(chosen, start=1)
    )
    record(kind="quality.drawn", by=None, subject=draw, now=now, detail={"drawn": len(chosen)})
    return draw
