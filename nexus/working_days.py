"""Working days of England and Wales, counted in Europe/London.

Bank holidays are those of the published list, which is part of this version of the service, and the one-off ones
an administrator has added (`nexus.accounts.actions.add_bank_holiday`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from time import monotonic

from django.utils import timezone
from govuk_bank_holidays.bank_holidays import BankHolidays

from nexus.accounts.models import BankHoliday

SATURDAY = 5
WARN_BEFORE = timedelta(days=365)


@cache
def published() -> Mapping[date, str]:
    """Every bank holiday of the published list with its name, in order."""
    # The list shipped with the package: no request leaves the machine.
    known = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {each["date"]: each["title"] for each in sorted(known, key=lambda each: each["date"])}


@dataclass
class Added:
    """The one-off bank holidays as this process last read them.

    A process goes by them for a few seconds, so that a page of a hundred deadlines asks once. Another worker
    therefore follows a change that late.
    """

    FRESH_FOR = 5.0  # seconds

    days: frozenset[date] = frozenset()
    read_at: float | None = None

    def now(self) -> frozenset[date]:
        if self.read_at is None or monotonic() - self.read_at >= self.FRESH_FOR:
            standing = BankHoliday.objects.filter(withdrawn_at=None)
            self.days = frozenset(standing.values_list("day", flat=True))
            self.read_at = monotonic()
        return self.days

    def read_again(self) -> None:
        """The next question reads them again: one was added or withdrawn."""
        self.read_at = None


ADDED = Added()


def bank_holidays() -> tuple[date, ...]:
    """Every known bank holiday of England and Wales, in order."""
    return tuple(sorted(published().keys() | ADDED.now()))


def list_ends_on() -> date:
    """The last day of the published list: after it, only what an administrator adds is known."""
    return max(published())


def list_ends_soon(today: date) -> bool:
    """Whether fewer than a year of the published list are left: deadlines may run past its end."""
    return today >= list_ends_on() - WARN_BEFORE


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays of England and Wales left out."""
    return day.weekday() < SATURDAY and day not in published() and day not in ADDED.now()


def local_day(moment: datetime | date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def add_working_days(moment: datetime | date, days: int) -> date:
    """The day `days` working days after the London day of `moment`; the day itself never counts."""
    day = local_day(moment)
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day


def working_days_between(start: datetime | date, end: datetime | date) -> int:
    """Working days after `start`'s day, up to and including `end`'s day; 0 when `end` is not later."""
    day, last, count = local_day(start), local_day(end), 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def last_working_day(moment: datetime | date) -> date:
    """The London day of `moment`, or the last working day before it."""
    return first_day_within(0, moment)


def first_day_within(days: int, end: datetime | date) -> date:
    """The earliest day from which no more than `days` working days lie between it and `end`'s day."""
    day = local_day(end)
    while days > 0 or not is_working_day(day):
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return day
