"""The queue's rows with what a line needs, and the order they stand in. Its clocks are computed in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from nexus.parts import the_one
from nexus.working_days import bank_holidays
from referrals.models import Channel, InformationRequest, Proposal, Referral, ReferralChange, TriageDecision
from referrals.parts import referral_parts
from referrals.queue.news import with_news
from referrals.states import STATES, UNDECIDED

# What the queue can be sorted by. Upwards means nearest deadline, youngest, A to Z.
SORTS = {
    "clock": ["live_rank", "custody_clock_started_at", "clock_left", "submitted_at"],
    "age": ["-submitted_at"],
    "force": ["force__name", "submitted_at"],
    "name": ["surname", "forenames"],
}


def queue(referrals: QuerySet[Referral], now: datetime) -> QuerySet[Referral]:
    """Referrals with what a line of the queue needs, and what it is sorted by.

    Live-time undecided ones have `live_rank` 0; `clock_left` is what `target_of` finds, computed in SQL.
    """
    decided_at = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None)
    return (
        with_news(referrals)
        .select_related("force", "claimed_by", "follows")
        .prefetch_related("information_requests__questions", "nationalities")
        .annotate(
            live_rank=Case(
                When(channel=Channel.LIVE_TIME, state__in=UNDECIDED, then=0),
                default=1,
                output_field=IntegerField(),
            ),
            decided_at=Subquery(decided_at.values("decided_at")[:1]),
            read_twice=Exists(Proposal.objects.standing().filter(referral=OuterRef("pk"))),
            reopened_at=Subquery(reopenings(OuterRef("pk")).values("at")[:1]),
            clock_from=Coalesce("reopened_at", "submitted_at"),
            pairs_to_judge=the_one(part.pairs_to_judge for part in referral_parts())(referral=OuterRef("pk")),
            followers_count=counted_of(Referral.objects.filter(follows=OuterRef("pk"))),
        )
        .annotate(clock_left=clock_left(now))
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


def reopenings(referral: Any) -> QuerySet[ReferralChange]:
    """Newest first. A reopened referral's target starts again."""
    return ReferralChange.objects.filter(referral=referral, verb="reopen").order_by("-at")


def clock_left(now: datetime) -> Case:
    """Working days left to the local target of the referral's stage; empty once it is decided."""
    requests = InformationRequest.objects.filter(
        referral=OuterRef("pk"), asked_at__gte=OuterRef("clock_from")
    )
    waited = (
        requests.order_by()
        .values("referral")
        .annotate(
            days=Sum(
                working_day_number(Coalesce("closed_at", Value(now))) - working_day_number(F("asked_at"))
            )
        )
    )
    counted = (
        working_day_number(Value(now))
        - working_day_number(F("clock_from"))
        - Coalesce(Subquery(waited.values("days")), 0)
    )
    return Case(
        *(
            When(state=state, then=Value(record.target.limit) - counted)
            for state, record in STATES.items()
            if record.target
        ),
        output_field=IntegerField(),
    )


def working_day_number(moment: Any) -> Func:
    """Working days from a Monday long ago to a moment's day in London, so that differences count them."""
    return Func(
        moment,
        template=(
            "(SELECT n / 7 * 5 + LEAST(MOD(n, 7) + 1, 5) - WIDTH_BUCKET(day, '{%(holidays)s}'::date[])"
            " FROM (SELECT day, day - DATE '2001-01-01' AS n"
            " FROM (SELECT (%(expressions)s AT TIME ZONE 'Europe/London')::date AS day) AS one) AS counted)"
        ),
        holidays=",".join(str(day) for day in bank_holidays() if day.weekday() < 5),
        output_field=IntegerField(),
    )
