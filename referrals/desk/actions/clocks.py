"""Local targets and custody clocks that are near or have passed are told of, once each.

The row is the truth: a constraint keeps one a referral, clock and threshold, so running it twice, or twice at
once, changes nothing more.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nexus.audit.recording import record_of_each
from nexus.working_days import add_working_days
from referrals.desk import telling
from referrals.desk.actions.steps import in_steps
from referrals.desk.models import Clock, ClockNotice
from referrals.models import Referral
from referrals.queue import custody_clock, target_of
from referrals.rules.clocks import NEAR, Threshold, custody_threshold, target_threshold
from referrals.rules.policies import shortest_detention
from referrals.states import CLAIM, DECIDE, STATES, UNDECIDED, State

# Which clock is told of in which state. While the force is asked its target is paused, and nothing is said.
CLOCKS = {CLAIM: Clock.CLAIM, DECIDE: Clock.DECIDE}
TARGETS = {state: CLOCKS[record.target] for state, record in STATES.items() if record.target}


def tell_of_clocks(*, now: datetime) -> int:
    """Tell of every clock that has come to a threshold and was not told of; how many were.

    Some hundreds in a transaction, in as many statements as one would take; a referral that somebody is working
    on at this moment is passed over until the next time.
    """
    return sum(
        tell_of_some(some, clock, now)
        for clock in Clock
        for some in in_steps(come_to_a_threshold(clock, now))
    )


def come_to_a_threshold(clock: Clock, now: datetime) -> list[int]:
    """Which referrals to look at: their clock is near its end, and that it has passed was not told yet."""
    referrals = Referral.objects.filter(state__in=UNDECIDED, follows=None)
    if clock is Clock.CUSTODY:
        starts = "custody_clock_started_at"
        ends_soon = now + custody_near() - shortest_detention()
        found = referrals.filter(in_custody=True, custody_clock_started_at__lte=ends_soon)
    else:
        starts = "clock_from"
        states = [state for state, runs in TARGETS.items() if runs is clock]
        found = referrals.filter(queue_target_on__lte=add_working_days(now, NEAR), state__in=states)
    return list(found.exclude(told_it_has_passed(clock, starts)).order_by("pk").values_list("pk", flat=True))


def told_it_has_passed(clock: Clock, starts: str) -> Q:
    notices: QuerySet[ClockNotice] = ClockNotice.objects.filter(
        referral=OuterRef("pk"), clock=clock, threshold=Threshold.PASSED, runs_from=OuterRef(starts)
    )
    return Q(Exists(notices))


@transaction.atomic
def tell_of_some(referral_ids: Sequence[int], clock: Clock, now: datetime) -> int:
    """Look at them again under their locks, and tell of the thresholds they have come to; how many were."""
    unclaimed = Referral.objects.select_for_update(of=("self",), skip_locked=True)
    locked = unclaimed.filter(pk__in=referral_ids, state__in=UNDECIDED, follows=None).order_by("pk")
    locked = locked.select_related("claimed_by").prefetch_related("information_requests", "clock_notices")
    reached = [notice for referral in locked for notice in untold(referral, clock, now)]
    if reached:
        tell(reached, now)
    return len(reached)


def untold(referral: Referral, clock: Clock, now: datetime) -> Iterator[ClockNotice]:
    """The notice of the threshold that this clock has come to, not stored yet, unless there is one."""
    told = {(each.clock, each.threshold, each.runs_from) for each in referral.clock_notices.all()}
    for found, threshold, runs_from in thresholds(referral, now):
        if found is clock and (clock, threshold, runs_from) not in told:
            yield ClockNotice(
                referral=referral, clock=clock, threshold=threshold, runs_from=runs_from, told_at=now
            )


def thresholds(referral: Referral, now: datetime) -> Iterator[tuple[Clock, Threshold, datetime]]:
    """Which clocks of a referral are near their end or past it."""
    target = target_of(referral, now)
    stands = target_threshold(target) if target else None
    if stands and referral.clock_from and referral.state in TARGETS:
        yield TARGETS[State(referral.state)], stands, referral.clock_from
    custody = custody_clock(referral, now)
    stands = custody_threshold(custody.ends_at, now, near=custody_near()) if custody else None
    if stands and referral.custody_clock_started_at:
        yield Clock.CUSTODY, stands, referral.custody_clock_started_at


def custody_near() -> timedelta:
    return timedelta(hours=settings.NEXUS_CUSTODY_NEAR_HOURS)


def tell(reached: Sequence[ClockNotice], now: datetime) -> None:
    """Store the notices, write them down and tell people. The locks of the referrals keep others from the same."""
    notices = ClockNotice.objects.bulk_create(reached)
    record_of_each(
        [notice.referral for notice in notices],
        kind="referral.clock_told_of",
        now=now,
        details=[{"clock": str(notice.clock), "threshold": str(notice.threshold)} for notice in notices],
    )
    telling.of_clocks(notices, now=now)
