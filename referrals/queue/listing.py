"""The queue's rows with what a line needs, and the order they stand in."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from referrals.models import Referral
from referrals.models.referral import PLACE
from referrals.queue.beside import beside

# What the queue can be sorted by. Upwards means nearest deadline, youngest, A to Z.
SORTS = {
    "clock": list(PLACE),
    "age": ["-submitted_at"],
    "force": ["force__name", "submitted_at"],
    "name": ["surname", "forenames"],
}

NEVER_EMPTY = frozenset({"submitted_at"})  # the queue holds what the force has sent


def queue(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with all that a line of the queue needs, for whoever reads them to the end or asks for one. What it is
    sorted by stands on the rows themselves, so that PostgreSQL reads an index in its order. A page takes `listed`."""
    return (
        beside(referrals)
        .select_related("force", "claimed_by", "follows")
        .prefetch_related("information_requests__questions", "nationalities")
    )


def in_order(referrals: QuerySet[Referral], order: Sequence[str]) -> QuerySet[Referral]:
    """Sorted as a page of the queue is: empty values last in both directions, the number settles ties."""
    terms = [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)
        for name in order
    ]
    return referrals.order_by(*terms, "pk")
