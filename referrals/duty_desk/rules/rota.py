"""The rota as plain data: when each duty must be held, and what is left uncovered.

"The Nexus High Harm team has a Duty Officer available from Monday to Friday to answer queries"; "the
Nexus High Harm CIO or HMI will also take calls on urgent cases … including out of hours and weekends".
The guidance names no hours; those below are local.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.working_days import is_working_day

DESK_OPENS, DESK_CLOSES = time(9), time(17)  # local, London time
ALERT_DAYS = 14  # local: how far ahead a gap in the rota is shown


class Duty(TextChoices):
    """What a shift is for."""

    DESK = "desk", "Duty officer"
    ON_CALL = "on_call", "CIO or HMI on call"

    @property
    def noun(self) -> str:
        """In the middle of a sentence."""
        return "duty officer" if self is Duty.DESK else "CIO or HMI on call"


# Who may hold which duty.
HELD_BY: dict[str, Role] = {Duty.DESK: Role.REFERRALS_OFFICER, Duty.ON_CALL: Role.CIO_HMI}


@dataclass(frozen=True, order=True)
class Span:
    """From one moment to another, the second left out; both in UTC, so that they compare across clock changes."""

    starts_at: datetime
    ends_at: datetime


def london(day: date, at: time) -> datetime:
    """The moment a clock in London shows this, in UTC. The first of two, where it shows it twice."""
    return datetime.combine(day, at, timezone.get_default_timezone()).astimezone(UTC)


def shown_once(day: date, at: time) -> bool:
    """False where the clocks change over it: shown twice in October, never in March."""
    early = datetime.combine(day, at, timezone.get_default_timezone())
    return early.utcoffset() == early.replace(fold=1).utcoffset()


def wanted_spans(duty: str, first: date, last: date) -> list[Span]:
    """When the duty must be held from `first` to `last`, both included.

    The duty officer on working days from opening to closing; the CIO or HMI for all the rest: nights,
    weekends and bank holidays.
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    open_hours = [Span(london(d, DESK_OPENS), london(d, DESK_CLOSES)) for d in days if is_working_day(d)]
    if duty == Duty.DESK:
        return open_hours
    whole = Span(london(first, time(0)), london(last + timedelta(days=1), time(0)))
    return list(left_of(whole, open_hours))


def left_of(whole: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What of `whole` is in none of `taken`."""
    since = whole.starts_at
    for span in sorted(taken):
        if span.starts_at > since:
            yield Span(since, min(span.starts_at, whole.ends_at))
        since = max(since, span.ends_at)
        if since >= whole.ends_at:
            return
    yield Span(since, whole.ends_at)


def gaps(duty: str, held: Iterable[Span], first: date, last: date) -> list[Span]:
    """When nobody holds the duty although somebody must, from `first` to `last`."""
    shifts = list(held)
    return [
        gap
        for span in wanted_spans(duty, first, last)
        for gap in left_of(span, (shift for shift in shifts if touches(shift, span)))
    ]


def touches(span: Span, other: Span) -> bool:
    return span.starts_at < other.ends_at and span.ends_at > other.starts_at
