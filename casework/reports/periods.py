"""The dates a report covers. Both its days are whole days in London."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nexus.ui import formatting

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From the first day's midnight to the midnight after the last day."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), LONDON)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to the period."""
        return datetime.combine(self.last + DAY, time(), LONDON)

    @property
    def is_a_month(self) -> bool:
        """Exactly one calendar month, as the schedule makes them."""
        return self == month_of(self.first)

    def __str__(self) -> str:
        """October 2026, or 1 November 2026 to 22 November 2026."""
        if self.is_a_month:
            return formatting.month(self.first)
        first, last = formatting.date(self.first), formatting.date(self.last)
        return first if first == last else f"{first} to {last}"


def month_of(day: date) -> Period:
    """The calendar month a day lies in."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY)


def previous_month(today: date) -> Period:
    return month_of(today.replace(day=1) - DAY)


def this_month_so_far(today: date) -> Period:
    return Period(today.replace(day=1), today)


def reasons_not_to_cover(period: Period, today: date) -> list[str]:
    """Why no report can be made for these dates."""
    if period.first > period.last:
        return ["The first day must be the same as or before the last day."]
    if period.last > today:
        return [f"The last day must be today, {formatting.date(today)}, or earlier."]
    return []
