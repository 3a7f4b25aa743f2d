"""Whole years and months between dates; a day that a shorter month lacks falls to its last."""

from calendar import monthrange
from datetime import date


def years_before(day: date, years: int) -> date:
    return months_before(day, 12 * years)


def months_before(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(day: date, born: date) -> int:
    """Completed years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
