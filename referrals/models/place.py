"""Where a referral stands in the queue: what it is sorted by, kept on its row.

`Referral.move` reckons it with every move, since whatever the place depends on changes with one; `reckon_again`
(referrals/actions/reckoning.py) follows what changes by itself: the day, for those that wait for the force, and the
calendar of working days.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from nexus.working_days import bank_holidays, is_working_day, local_day
from referrals.rules import policies
from referrals.rules.clocks import Pause, TargetClock, day_reached, target_clock
from referrals.states import STATES, UNDECIDED

if TYPE_CHECKING:
    from referrals.models.questions import InformationRequest
    from referrals.models.referral import Referral

# Later than any clock ends: a place is compared as a whole, so none of its parts may be empty.
NO_END, NO_DAY = datetime(9999, 1, 1, tzinfo=UTC), date(9999, 1, 1)
LIVE, OTHERS = 0, 1


@dataclass(frozen=True)
class Place:
    """Live-time ones first, then by the end of detention, then by the day on which the local target is reached.

    `by` names what that day was reckoned by: the calendar, and for a clock that waits the day that it was.
    """

    rank: int
    custody: datetime
    target: date
    by: str


def target_of(referral: "Referral", now: datetime) -> TargetClock | None:
    """The local target of the stage an undecided referral is in. Only questions to the force pause it."""
    target, start = referral.state_record.target, referral.clock_from
    if target is None or start is None:
        return None
    return target_clock(
        local_day(start),
        local_day(now),
        target=target.limit,
        pauses=pauses_of(referral, start, now),
        worked=is_working_day,
    )


def pauses_of(referral: "Referral", start: datetime, now: datetime) -> list[Pause]:
    """When the desk waited since `start`; nothing was asked in the moment in which the clock begins."""
    if start == now:
        return []
    return [pause_of(each) for each in referral.information_requests.all() if each.asked_at >= start]


def pause_of(request: "InformationRequest") -> Pause:
    return Pause(local_day(request.asked_at), local_day(request.closed_at) if request.closed_at else None)


def place_of(referral: "Referral", now: datetime, calendar: str = "") -> Place:
    """Where the referral stands now; `calendar` is `calendar_now()`, for whoever reckons many."""
    ends_at = referral.custody_ends_at if referral.in_custody else None
    clock = target_of(referral, now) if referral.state in UNDECIDED else None
    if clock is None:
        return Place(OTHERS, ends_at or NO_END, NO_DAY, "")
    return Place(
        LIVE if referral.is_live_time else OTHERS,
        ends_at or NO_END,
        day_reached(clock, local_day(now), worked=is_working_day),
        reckoned_by(calendar or calendar_now(), local_day(now) if clock.paused else None),
    )


def reckoned_by(calendar: str, today: date | None) -> str:
    """What a day is reckoned by: the calendar, and for a clock that waits today, with which it moves on."""
    return f"{calendar} {today}" if today else calendar


def calendar_now() -> str:
    """A short name for the bank holidays, the local targets and the policies as they are now."""
    targets = {record.target.setting: record.target.limit for record in STATES.values() if record.target}
    versions = [policy.version for policy in policies.POLICIES]
    return sha256(repr((bank_holidays(), sorted(targets.items()), versions)).encode()).hexdigest()[:8]
