"""Working days of England and Wales, reckoned in Europe/London."""

from datetime import date, datetime, timedelta
from functools import cache

from django.utils import timezone
from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def _calendar() -> BankHolidays:
    # The published list shipped with the package: no request leaves the machine.
    return BankHolidays(use_cached_holidays=True)


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays of England and Wales left out."""
    return _calendar().is_work_day(day, division=BankHolidays.ENGLAND_AND_WALES)


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


def first_day_within(days: int, end: datetime | date) -> date:
    """The earliest day from which no more than `days` working days lie between it and `end`'s day."""
    day = local_day(end)
    while days > 0 or not is_working_day(day):
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return day


@cache
def bank_holidays() -> tuple[date, ...]:
    """Every known bank holiday of England and Wales, in order."""
    known = _calendar().get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return tuple(sorted(holiday["date"] for holiday in known))
