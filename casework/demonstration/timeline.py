"""Time in the demonstration: office hours, pauses between events, and many stories in one order."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from random import Random

from django.utils import timezone

from nexus.working_days import add_working_days, is_working_day

# The next moment at which something happens; the story goes on when it comes.
Story = Iterator[datetime]

Tell = Callable[[Story], datetime | None]

OPENS, CLOSES = 8, 17  # o'clock in London


def next_moment(story: Story) -> datetime | None:
    """Take a story to its next moment; None when it has ended."""
    return next(story, None)


def play(stories: Iterable[Story], *, until: datetime) -> int:
    """Let every story happen in the order of time, up to and including `until`; the number of events."""
    return sum(1 for _ in played(stories, until=until))


def played(stories: Iterable[Story], *, until: datetime, go_on: Tell = next_moment) -> Iterator[None]:
    """The same event by event: it pauses after each. `go_on` takes a story to its next moment.

    Two events of the same moment happen in the order their stories were given.
    """
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story, go_on)
    while waiting and waiting[0][0] <= until:
        _, number, story = heapq.heappop(waiting)
        _wait(waiting, number, story, go_on)
        yield


def _wait(waiting: list[tuple[datetime, int, Story]], number: int, story: Story, go_on: Tell) -> None:
    """Let the story go on to its next moment, and put it back in line unless it has ended."""
    moment = go_on(story)
    if moment is not None:
        heapq.heappush(waiting, (moment, number, story))


def working_hours(moment: datetime, rng: Random) -> datetime:
    """`moment` itself inside office hours, else a moment early on the next working day."""
    local = timezone.localtime(moment)
    if is_working_day(local.date()) and OPENS <= local.hour < CLOSES:
        return moment
    day = local.date() if local.hour < OPENS else local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    at = time(OPENS, rng.randrange(60), rng.randrange(60))
    return timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)


def office_time(now: datetime, days_ago: int, at: time) -> datetime:
    """That time of the working day which is so many working days before the day of `now`."""
    day = timezone.localdate(now)
    while days_ago:
        day -= timedelta(days=1)
        days_ago -= is_working_day(day)
    return timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)


def days_later(moment: datetime, rng: Random, least: int, most: int) -> datetime:
    """A moment in office hours between `least` and `most` working days later."""
    day = add_working_days(moment, rng.randint(least, most))
    at = time(rng.randrange(OPENS, CLOSES), rng.randrange(60), rng.randrange(60))
    found = timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)
    return max(found, moment + timedelta(minutes=5))


def minutes_later(moment: datetime, rng: Random, least: int, most: int) -> datetime:
    """A little later, whatever the hour: custody does not wait for the office."""
    return moment + timedelta(minutes=rng.randint(least, most), seconds=rng.randrange(60))


def happens(rng: Random, of_a_hundred: int) -> bool:
    """True in so many cases of a hundred."""
    return rng.randrange(100) < of_a_hundred
