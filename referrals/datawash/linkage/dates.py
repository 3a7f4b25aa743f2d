"""Dates of birth as forces write them. What is doubtful is refused or remarked on, never silently a date."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

EARLIEST_YEAR = 1900
YOUNGEST = 10  # years; a child so young is a slip in the list far more often than a subject
OLDEST = 110  # years; somebody older is a mistake in the list far more often than a person
NOT_A_DATE = "dob is not a date such as 1985-07-31, 31/07/1985, 31 July 1985 or 1985."
IMPOSSIBLE = "dob is no day of the calendar. Check the day and the month."
YEAR_TYPED = (
    "dob is the year {number} in a cell that shows dates, and reads as {date}. Write it as text: {number}."
)
SERIAL = "dob is the number {number} in a cell that shows dates: programs differ about days so early. Write it as text."
TWO_DIGITS = "dob has a year of two digits. Write all four."
MONTH_FIRST = "dob has the month first. Write the day first, as in 31/07/1985, or the year first."
NOT_KNOWN = "dob is not given. Write the year if it is known."
YEAR_ONLY = "only the year of dob is known, so it is compared by its year."
MONTH_ONLY = "dob gives a month and a year without the day, so it is compared by its year."
WITH_TIME = "the time behind dob was left out: the day may be the one before or after."
YOUNG = "dob makes the person {age} years old. Check the century."
MAY_SWAP = "dob may have the month first, as line {line} has. Check it."
UNKNOWN = frozenset(("unknown", "not known", "n/a", "na", "-", "none", "null", "nk", "#n/a", "xxx", "tbc"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
TIME = re.compile(r"[T ](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|\+00:?00)?$", re.IGNORECASE)
DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})$",
        r"^(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})$",
        r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$",
        rf"^(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/ ]*{MONTH}[-/, ]*(?P<year>\d{{4}})$",
        rf"^{MONTH}[-/ ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/, ]+(?P<year>\d{{4}})$",
    )
)
MONTHS_ONLY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^(?P<month>\d{1,2})[-/.](?P<year>\d{4})$",
        r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})$",
        rf"^{MONTH}[-/, ]*(?P<year>\d{{4}})$",
    )
)
DAY_FIRST = DAYS[1]
SHORT_YEAR = re.compile(rf"^\d{{1,2}}[-/. ]+(?:\d{{1,2}}|{MONTH})[-/. ]+\d{{2}}$", re.IGNORECASE)


class Born(NamedTuple):
    """YYYY-MM-DD, or YYYY where only the year is known; and what is doubtful about how it was read.

    `may_swap`: its day could be the month, in a list that writes the month first.
    """

    text: str
    remark: str = ""
    may_swap: bool = False


def canonical_date(text: str, *, today: date) -> Born:
    """The date as it is compared. Raises ValueError with a sentence where it is none, or doubtful."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or text.casefold() in UNKNOWN:
        raise ValueError(NOT_KNOWN)
    time = TIME.search(text)
    text = TIME.sub("", text).strip()
    if re.fullmatch(r"\d{4}", text):
        return Born(_year(int(text), today))
    for form in DAYS:
        if match := form.match(text):
            born = _born(match, today)
            return born._replace(remark=WITH_TIME) if _says_something(time) and not born.remark else born
    for form in MONTHS_ONLY:
        if match := form.match(text):
            _month(match)
            return Born(_year(int(match["year"]), today), MONTH_ONLY)
    raise ValueError(TWO_DIGITS if SHORT_YEAR.match(text) else NOT_A_DATE)


def _says_something(time: re.Match[str] | None) -> bool:
    return bool(time) and any(digit in "123456789" for digit in time["time"])  # type: ignore[index]


def _born(match: re.Match[str], today: date) -> Born:
    month, day, year = _month(match, may_be_unknown=True), int(match["day"]), int(match["year"])
    if month == 0 or day == 0:
        return Born(_year(year, today), MONTH_ONLY if month else YEAR_ONLY)
    if month > 12 >= day and day:
        raise ValueError(MONTH_FIRST)
    try:
        born = date(year, month, day)
    except ValueError as error:
        raise ValueError(IMPOSSIBLE) from error
    _year(year, today)
    if born > today:
        raise ValueError(f"dob must lie between {EARLIEST_YEAR} and today.")
    age = today.year - year - ((today.month, today.day) < (month, day))
    may_swap = match.re is DAY_FIRST and day != month and day <= 12
    return Born(born.isoformat(), YOUNG.format(age=age) if age < YOUNGEST else "", may_swap)


def _month(match: re.Match[str], *, may_be_unknown: bool = False) -> int:
    found = match.groupdict()
    month = MONTHS.index(found["word"].lower()) + 1 if found.get("word") else int(found["month"])
    if not may_be_unknown and not 0 <= month <= 12:
        raise ValueError(IMPOSSIBLE)
    return month


def _year(year: int, today: date) -> str:
    if not EARLIEST_YEAR <= year <= today.year:
        raise ValueError(f"dob must lie between {EARLIEST_YEAR} and today.")
    if today.year - year > OLDEST:
        raise ValueError(f"dob makes the person {today.year - year} years old. Check the year.")
    return f"{year:04d}"


def reason_against_serial(serial: float) -> str:
    """Why a number in a date's cell is no date of birth."""
    number = int(serial) if float(serial).is_integer() else round(serial, 2)
    if EARLIEST_YEAR <= serial <= 2100:
        shown = date.fromordinal(date(1899, 12, 30).toordinal() + int(serial))
        return YEAR_TYPED.format(number=number, date=f"{shown.day} {shown:%B %Y}")
    return SERIAL.format(number=number)
