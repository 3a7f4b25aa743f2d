"""Referrals that were erased stay counted: their tombstones keep, as codes, what the figures counted of them."""

from collections import Counter
from collections.abc import Collection

from casework.records import REFERRAL
from casework.reports.periods import Period
from nexus.accounts.models import Force
from nexus.retention.models import Tombstone

# Of a force: what is counted, and of a spell how many working days it took.
Cell = tuple[int, str, int | None]


def erased_in(period: Period, forces: Collection[int] | None) -> Counter[Cell]:
    """What was counted of the erased referrals that were made in a period: by all forces, or by these."""
    stones = Tombstone.objects.filter(
        review__kind=REFERRAL.code,
        codes__submitted_on__gte=period.first.isoformat(),
        codes__submitted_on__lte=period.last.isoformat(),
    )
    found: Counter[Cell] = Counter()
    rows = list(stones.values_list("codes__force", "codes__figures"))
    numbers = dict(Force.objects.filter(code__in={code for code, _ in rows}).values_list("code", "pk"))
    for code, figures in rows:
        if forces is None or numbers[code] in forces:
            for what, days, number in figures or ():
                found[numbers[code], what, days] += number
    return found
