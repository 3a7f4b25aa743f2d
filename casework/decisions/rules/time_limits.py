"""How long a served decision can be challenged: worked out from service, by where the subject is and what may be appealed.

The times themselves are rows of nexus/law/times.py, with their sources and who has read them.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

from nexus.law import Statement, law

# Working days before the last day on which the case-owner is told of it. Local.
TOLD_BEFORE = 3


class Place(StrEnum):
    """Where the subject is when the decision is served."""

    IN_UK = "in_uk"
    OUTSIDE_UK = "outside_uk"


class AppealRight(StrEnum):
    """What the notice of the decision says of an appeal."""

    TRIBUNAL = "tribunal"
    AFTER_LEAVING = "after_leaving"
    CITIZENS_RIGHTS = "citizens_rights"
    NONE = "none"


PLACES = [(Place.IN_UK.value, "In the UK"), (Place.OUTSIDE_UK.value, "Outside the UK")]
RIGHTS = [
    (
        AppealRight.TRIBUNAL.value,
        "An appeal to the First-tier Tribunal: a protection or human-rights claim is refused",
    ),
    (AppealRight.AFTER_LEAVING.value, "An appeal only after leaving the UK: the claim is certified"),
    (AppealRight.CITIZENS_RIGHTS.value, "A citizens’ rights appeal to the First-tier Tribunal"),
    (AppealRight.NONE.value, "No right of appeal"),
]


class RunsFrom(Enum):
    SENT = "sent"
    RECEIVED = "received"
    DEPARTURE = "departure"


@dataclass(frozen=True)
class TimeLimit:
    """The law of one right of appeal at one place, and the day from which it runs."""

    law: Statement
    runs_from: RunsFrom


LIMITS = {
    (AppealRight.TRIBUNAL, Place.IN_UK): TimeLimit(law("appeal_in_uk"), RunsFrom.SENT),
    (AppealRight.TRIBUNAL, Place.OUTSIDE_UK): TimeLimit(law("appeal_outside_uk"), RunsFrom.RECEIVED),
    (AppealRight.AFTER_LEAVING, Place.IN_UK): TimeLimit(law("appeal_outside_uk"), RunsFrom.DEPARTURE),
    (AppealRight.AFTER_LEAVING, Place.OUTSIDE_UK): TimeLimit(law("appeal_outside_uk"), RunsFrom.RECEIVED),
    (AppealRight.CITIZENS_RIGHTS, Place.IN_UK): TimeLimit(law("appeal_citizens_rights_in_uk"), RunsFrom.SENT),
    (AppealRight.CITIZENS_RIGHTS, Place.OUTSIDE_UK): TimeLimit(
        law("appeal_citizens_rights_outside_uk"), RunsFrom.RECEIVED
    ),
}


def time_limit(right: str, place: str) -> TimeLimit | None:
    """The limit of this right; None where there is no right of appeal or it is not recorded."""
    return next(
        (limit for key, limit in LIMITS.items() if (key[0].value, key[1].value) == (right, place)), None
    )


def last_day(
    limit: TimeLimit, served_on: date, *, posted: bool, is_working_day: Callable[[date], bool]
) -> date | None:
    """The last day on which an appeal is in time; None where the time begins with the departure.

    What would end on no working day of the Tribunal ends on the next.
    """
    if limit.runs_from == RunsFrom.DEPARTURE:
        return None
    day = served_on + timedelta(days=limit.law.number)
    if limit.runs_from == RunsFrom.RECEIVED and posted:
        day += timedelta(days=law("received_abroad_after").number)
    return next_tribunal_day(day, is_working_day)


def permission_until(place: str, dismissed_on: date, *, is_working_day: Callable[[date], bool]) -> date:
    """The last day on which permission to appeal further can be asked for, after the Tribunal dismissed an appeal."""
    row = law(
        "permission_to_appeal_outside_uk" if place == Place.OUTSIDE_UK else "permission_to_appeal_in_uk"
    )
    return next_tribunal_day(dismissed_on + timedelta(days=row.number), is_working_day)


def next_tribunal_day(day: date, is_working_day: Callable[[date], bool]) -> date:
    while not is_tribunal_day(day, is_working_day):
        day += timedelta(days=1)
    return day


def is_tribunal_day(day: date, is_working_day: Callable[[date], bool]) -> bool:
    """As law("tribunal_working_day") says: a working day, but none from 27 to 31 December."""
    return is_working_day(day) and not (day.month == 12 and 27 <= day.day <= 31)


def review_until(served_on: date) -> date:
    """The last day for judicial review: the same day so many months later, or the last of a shorter month."""
    months = served_on.month - 1 + law("judicial_review").number
    year, month = served_on.year + months // 12, months % 12 + 1
    return date(year, month, min(served_on.day, monthrange(year, month)[1]))
