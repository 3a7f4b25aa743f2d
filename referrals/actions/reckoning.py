"""The places in the queue follow what no move tells of: the day, for those that wait for the force, and the calendar.

A row says what its place was reckoned by (`Referral.queue_reckoned_by`), so that whatever changes is found without
looking at the rest: a bank holiday added or withdrawn, other local targets, another list of bank holidays.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nexus.working_days import local_day
from referrals.models import Referral, ReferralChange
from referrals.models.place import calendar_now, place_of, reckoned_by
from referrals.states import UNDECIDED

AT_ONCE = 500
KEPT = ["queue_rank", "queue_custody_ends_at", "queue_target_on", "queue_reckoned_by"]


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
    locked = stale.select_for_update(of=("self",), skip_locked=True).prefetch_related("information_requests")
    rows = list(locked.order_by("pk")[:AT_ONCE])
    for referral in rows:
        referral.take_place(place_of(referral, now, calendar))
    Referral.objects.bulk_update(rows, KEPT)
    return rows


def misplaced(*, now: datetime) -> Iterator[Referral]:
    """Every referral whose place is not the one it should have: all rows are read, a few thousand at a time.

    What waits to be reckoned again today is not misplaced.
    """
    reopened = ReferralChange.objects.filter(referral=OuterRef("pk"), verb="reopen").order_by("-at")
    began = Coalesce(Subquery(reopened.values("at")[:1]), F("submitted_at"))
    rows = Referral.objects.annotate(began=began).prefetch_related("information_requests").order_by("pk")
    calendar = calendar_now()
    for referral in rows.iterator(chunk_size=2000):
        place = place_of(referral, now, calendar)
        kept = (referral.queue_rank, referral.queue_custody_ends_at)
        reckoned = referral.queue_reckoned_by == place.by
        if (
            kept != (place.rank, place.custody)
            or (reckoned and referral.queue_target_on != place.target)
            or referral.clock_from != referral.began
        ):
            yield referral
