"""The desk's clocks. The guidance sets no service levels: working-day targets are local.

A target counts working days and waits only while the force is asked; both ages are kept. A custody clock
runs on elapsed time and never waits. Which days are worked is the caller's calendar.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from referrals.rules.terms import Term

Calendar = Callable[[date], bool]

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)  # the desk's hours, local
NEAR = 1  # working days: a local target that is today or tomorrow is near. Local.


class Threshold(Term):
    """What people are told of a clock, once each."""

    NEAR = "near", "Near"
    PASSED = "passed", "Passed"


@dataclass(frozen=True)
class Pause:
    """The force was asked on `since` and answered on `until`; None while the question is open.

    The day of asking still counts for the desk, the day of the answer no longer.
    """

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class TargetClock:
    """A local target in working days, from arrival to today."""

    target: int
    elapsed: int  # working days since arrival
    counted: int  # of them, those the desk did not wait for the force
    paused: bool
    due_on: date | None  # None while paused: nobody knows when it goes on

    @property
    def left(self) -> int:
        """Working days left; below 0 it has been passed by so many."""
        return self.target - self.counted


def target_threshold(clock: TargetClock) -> Threshold | None:
    """Where a local target stands. While it is paused the desk can do nothing, so nothing is said."""
    if clock.paused or clock.left > NEAR:
        return None
    return Threshold.NEAR if clock.left >= 0 else Threshold.PASSED


def custody_threshold(ends_at: datetime, now: datetime, *, near: timedelta) -> Threshold | None:
    """Where a detention clock stands: elapsed time, whatever the clocks on the wall do."""
    left = ends_at.astimezone(UTC) - now.astimezone(UTC)
    if left > near:
        return None
    return Threshold.NEAR if left > timedelta() else Threshold.PASSED


def target_clock(
    start: date, today: date, *, target: int, pauses: Sequence[Pause], worked: Calendar
) -> TargetClock:
    """The clock of what arrived on `start`. The day of arrival does not count."""
    counted = sum(worked(day) and not waits(day, pauses) for day in days_after(start, today))
    paused = any(pause.until is None for pause in pauses)
    return TargetClock(
        target=target,
        elapsed=sum(worked(day) for day in days_after(start, today)),
        counted=counted,
        paused=paused,
        due_on=None if paused else due_day(start, target=target, pauses=pauses, worked=worked),
    )


def due_day(start: date, *, target: int, pauses: Sequence[Pause], worked: Calendar) -> date:
    """The day on which the target is reached. Only for clocks that run: no pause is open."""
    day = start
    while target > 0:
        day += timedelta(days=1)
        target -= worked(day) and not waits(day, pauses)
    return day


def day_reached(clock: TargetClock, today: date, *, worked: Calendar) -> date:
    """The day on which the target is reached; while the clock waits, as if it went on today."""
    return clock.due_on or working_day_away(today, clock.left, worked=worked)


def working_day_away(today: date, days: int, *, worked: Calendar) -> date:
    """The working day so many after the last one up to `today`, or before it where `days` is negative."""
    day = next(day for day in days_from(today, back=True) if worked(day))
    on = (day for day in days_from(day, back=days < 0) if worked(day))
    return next(islice(on, abs(days), None))


def waits(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.covers(day) for pause in pauses)


def days_from(day: date, *, back: bool) -> Iterator[date]:
    """The day and every one after it, or before it."""
    return (day + timedelta(days=-number if back else number) for number in count())


def days_after(start: date, last: date) -> Iterator[date]:
    """Every day after `start`, up to and including `last`."""
    return (start + timedelta(days=number) for number in range(1, (last - start).days + 1))


def custody_end(started_at: datetime, limit: timedelta) -> datetime:
    """When detention must end: elapsed time, whatever the clocks on the wall do. `started_at` is aware."""
    return started_at.astimezone(UTC) + limit


def worked_time(start: datetime, end: datetime, *, worked: Calendar) -> timedelta:
    """How much of the desk's hours lies between two aware moments."""
    first, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
    found = timedelta()
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        if worked(day):
            opens, closes = (datetime.combine(day, hour, LONDON).astimezone(UTC) for hour in (OPENS, CLOSES))
            found += max(timedelta(), min(end, closes) - max(start, opens))
    return found
