"""What is kept of a referral follows what no move tells of: the day, for those that wait for the force, the calendar,
and the policies.

A row says what its place was reckoned by (`Referral.queue_reckoned_by`), so that whatever changes is found without
looking at the rest: a bank holiday added or withdrawn, other local targets, another policy. Where the matrix points is
reckoned when a referral is sent, since its facts do not change any more, and again here.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nexus.working_days import local_day
from referrals.models import Referral, ReferralChange
from referrals.models.place import calendar_now, place_of, reckoned_by
from referrals.queries import outcome_for
from referrals.states import UNDECIDED, State

AT_ONCE = 500
STEP = 2000  # rows in memory while all are read
KEPT = {"queue_rank": "smallint", "queue_custody_ends_at": "timestamptz", "queue_target_on": "date",
        "queue_reckoned_by": "text", "matrix_outcome": "text"}  # fmt: skip
# All rows in one statement: a column is an array.
UPDATE = "UPDATE referrals_referral SET {} FROM unnest(%s::bigint[], {}) AS kept (pk, {}) WHERE id = kept.pk".format(  # noqa: S608 - names of columns
    ", ".join(f"{name} = kept.{name}" for name in KEPT),
    ", ".join(f"%s::{kind}[]" for kind in KEPT.values()),
    ", ".join(KEPT),
)


def reckon_again(*, now: datetime) -> int:
    """Give every undecided referral the place it has today; how many were reckoned again.

    A row that somebody is working on at this moment is passed over: their move reckons it, or the next time does.
    """
    calendar = calendar_now()
    current = [calendar, reckoned_by(calendar, local_day(now))]
    stale = Referral.objects.filter(state__in=UNDECIDED).exclude(queue_reckoned_by__in=current)
    last, number = 0, 0
    while rows := reckon_some(stale.filter(pk__gt=last), now, calendar):
        last, number = rows[-1].pk, number + len(rows)
    return number


@transaction.atomic
def reckon_some(stale: QuerySet[Referral], now: datetime, calendar: str) -> list[Referral]:
    """The next few, in one transaction."""
    locked = with_facts(stale.select_for_update(of=("self",), skip_locked=True))
    rows = list(locked.order_by("pk")[:AT_ONCE])
    for referral in rows:
        referral.take_place(place_of(referral, now, calendar))
        referral.matrix_outcome = outcome_for(referral)
    keep(rows)
    return rows


def with_facts(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With everything that place and outcome are reckoned from."""
    facts = ("information_requests", "conduct", "nationalities")
    return referrals.select_related("force").prefetch_related(*facts)


def keep(rows: Sequence[Referral]) -> None:
    """Write what was reckoned."""
    columns = [[getattr(row, name) for row in rows] for name in ("pk", *KEPT)]
    with connection.cursor() as ask:
        ask.execute(UPDATE, columns)


def misplaced(*, now: datetime) -> Iterator[Referral]:
    """Every referral that was sent and whose place or outcome is not what it should be: all rows are read.

    What waits to be reckoned again today is not misplaced.
    """
    reopened = ReferralChange.objects.filter(referral=OuterRef("pk"), verb="reopen").order_by("-at")
    began = Coalesce(Subquery(reopened.values("at")[:1]), F("submitted_at"))
    sent = Referral.objects.exclude(state=State.DRAFT).annotate(began=began)
    calendar = calendar_now()
    for referral in in_steps(sent.prefetch_related("information_requests")):
        place = place_of(referral, now, calendar)
        kept = (referral.queue_rank, referral.queue_custody_ends_at)
        reckoned = referral.queue_reckoned_by == place.by
        if (
            kept != (place.rank, place.custody)
            or (reckoned and referral.queue_target_on != place.target)
            or referral.clock_from != referral.began  # type: ignore[attr-defined]
        ):
            yield referral
    for referral in in_steps(with_facts(Referral.objects.filter(state__in=UNDECIDED))):
        if referral.matrix_outcome != outcome_for(referral):
            yield referral


def in_steps(rows: QuerySet[Referral]) -> Iterator[Referral]:
    """All of them, by key and a few thousand at a time."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:STEP]):
        yield from some
        last = some[-1].pk
