"""The queue's rows with what a line needs, and the order they stand in."""

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from nexus.parts import the_one
from referrals.models import Proposal, Referral, TriageDecision
from referrals.models.referral import PLACE
from referrals.parts import referral_parts
from referrals.queue.news import with_news

# What the queue can be sorted by. Upwards means nearest deadline, youngest, A to Z.
SORTS = {
    "clock": list(PLACE),
    "age": ["-submitted_at"],
    "force": ["force__name", "submitted_at"],
    "name": ["surname", "forenames"],
}

NEVER_EMPTY = frozenset({"submitted_at"})  # the queue holds what the force has sent


def queue(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with what a line of the queue needs. What it is sorted by stands on the rows themselves, so that
    PostgreSQL reads an index in its order and asks for the rest of the lines shown alone."""
    decided_at = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None)
    return (
        with_news(referrals)
        .select_related("force", "claimed_by", "follows")
        .prefetch_related("information_requests__questions", "nationalities")
        .annotate(
            decided_at=Subquery(decided_at.values("decided_at")[:1]),
            read_twice=Exists(Proposal.objects.standing().filter(referral=OuterRef("pk"))),
            pairs_to_judge=the_one(part.pairs_to_judge for part in referral_parts())(referral=OuterRef("pk")),
            followers_count=counted_of(Referral.objects.filter(follows=OuterRef("pk"))),
        )
    )


def counted_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a subquery finds."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Coalesce(Subquery(one.values("number")), 0)


def in_order(referrals: QuerySet[Referral], order: Sequence[str]) -> QuerySet[Referral]:
    """Sorted as a page of the queue is: empty values last in both directions, the number settles ties."""
    terms = [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)
        for name in order
    ]
    return referrals.order_by(*terms, "pk")
