"""Dates as people know them: whole, by the year alone, or estimated."""

import datetime as dt
import re
from dataclasses import dataclass

from nexus.ui import formatting

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100

EXACT, YEAR, ESTIMATED = "exact", "year_only", "estimated"
PRECISIONS = {EXACT: "Exact", YEAR: "Year only", ESTIMATED: "Estimated"}


@dataclass(frozen=True)
class PartialDate:
    """A date and how well it is known. Year only is kept as 1 January of that year."""

    date: dt.date
    precision: str = EXACT

    def __str__(self) -> str:
        """14 November 1986 · 1986 (year only) · 14 November 1986 (estimated)"""
        if self.precision == YEAR:
            return f"{self.date.year} (year only)"
        if self.precision == ESTIMATED:
            return f"{formatting.date(self.date)} (estimated)"
        return formatting.date(self.date)

    @property
    def in_brief(self) -> str:
        """14 Nov 1986 · 1986 (year only) · 14 Nov 1986 (estimated): where a row has no room"""
        return str(self).replace(formatting.date(self.date), formatting.short_date(self.date))


class DateProblem(ValueError):
    """A date that cannot be taken, in words that follow its name, and the parts at fault."""

    def __init__(self, words: str, *parts: str) -> None:
        super().__init__(words)
        self.words = words
        self.parts = parts


def read(day: str, month: str, year: str) -> dt.date:
    """The date three typed parts mean. Raises DateProblem; all empty is the caller's business.

    Months may be names or their first three letters. Years have four digits.
    """
    gaps = [n for n, v in (("day", day), ("month", month), ("year", year)) if not v]
    if gaps:
        named = " and ".join([f"a {n}" for n in gaps])
        raise DateProblem(f"must include {named}", *gaps)
    whole_year = read_year(year)
    number_of_month = _month(month)
    if number_of_month is None:
        raise DateProblem("must be a real date", "month")
    try:
        return dt.date(whole_year, number_of_month, _digits(day) or 0)
    except ValueError:
        raise DateProblem("must be a real date", "day") from None


def parts_of(text: str) -> tuple[str, str, str]:
    """Day, month and year of a date in one piece: 14/11/2026, 14 Nov 2026, 14.11.2026 or 2026-11-14. The day comes first,
    as in British records; of anything else the parts are empty. Nothing is judged: `read` does that."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", text)
    if len(parts) != 3:
        return ("", "", "")
    one, two, three = parts
    return (three, two, one) if len(one) == 4 else (one, two, three)


def read_year(year: str) -> int:
    """A year of four digits between 1900 and 2100. Raises DateProblem."""
    number = _digits(year)
    if number is None or len(year) != 4:
        raise DateProblem("must have a year of 4 digits, like 1986", "year")
    if not EARLIEST_YEAR <= number <= LATEST_YEAR:
        raise DateProblem(f"must have a year between {EARLIEST_YEAR} and {LATEST_YEAR}", "year")
    return number


def _digits(value: str) -> int | None:
    """Only ASCII digits count: int() would also take "１２" and "1_2"."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else None


MONTHS = tuple(f"{dt.date(2000, n, 1):%B}".lower() for n in range(1, 13))


def _month(value: str) -> int | None:
    number = _digits(value)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = value.lower()
    for position, name in enumerate(MONTHS, start=1):
        if word in (name, name[:3]):
            return position
    return None
