"""How dates, times, counts and blanks are written on screen and in print.

Every function takes a plain value and returns a string; None and "" give "".
Aware datetimes are shown in Europe/London.
"""

import datetime as dt

from django.utils import timezone

ANSWERS = {True: "Yes", False: "No", "yes": "Yes", "no": "No", "not_known": "Not known"}


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """The same moment in Europe/London; dates and naive datetimes as they are."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def date(value: dt.date | dt.datetime | None) -> str:
    """14 November 2026"""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day} {value:%B} {value.year}"


def weekday(value: dt.date | dt.datetime | None) -> str:
    """Monday 16 November 2026: a working day is named."""
    if not value:
        return ""
    return f"{_local(value):%A} {date(value)}"


def month(value: dt.date | dt.datetime | None) -> str:
    """November 2026"""
    if not value:
        return ""
    value = _local(value)
    return f"{value:%B} {value.year}"


def time(value: dt.datetime | dt.time | None) -> str:
    """6:27am, 3pm, midday, midnight"""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).time()
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def date_and_time(value: dt.datetime | None) -> str:
    """14 November 2026 at 6:27am"""
    return f"{date(value)} at {time(value)}" if value else ""


def iso(value: dt.date | dt.datetime | None) -> str:
    """For the `datetime` attribute of a `time` element."""
    return value.isoformat() if value else ""


class Counted(int):
    """A number of rows counted no further than `most`: with `more` there are more than that."""

    more: bool

    def __new__(cls, number: int, most: int) -> "Counted":
        counted = super().__new__(cls, min(number, most))
        counted.more = number > most
        return counted


def number(value: float | None) -> str:
    """1,204, or 1,000+ of what was counted no further"""
    if value is None or value == "":
        return ""
    return f"{value:,}+" if isinstance(value, Counted) and value.more else f"{value:,}"


def count(value: int, singular: str, plural: str = "") -> str:
    """1 referral, 1,204 referrals"""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def days(value: int | None) -> str:
    """1 day, 12 days"""
    return "" if value is None else count(value, "day")


def working_days(value: int | None) -> str:
    """1 working day, 12 working days"""
    return "" if value is None else count(value, "working day")


def duration(value: dt.timedelta | None) -> str:
    """5 hours 12 minutes, for clocks that run on elapsed time. Never negative."""
    if value is None:
        return ""
    minutes = max(0, int(value.total_seconds()) // 60)
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    return " ".join(count(n, unit) for n, unit in parts if n) or "less than a minute"


def few_words(value: dt.timedelta | None) -> str:
    """2d 3h, 1h 56m: a duration where a row has no room, its two largest parts. Never negative."""
    if value is None:
        return ""
    minutes = max(0, int(value.total_seconds()) // 60)
    parts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m")]
    return " ".join(f"{n}{unit}" for n, unit in [each for each in parts if each[0]][:2]) or "under 1m"


def short_date(value: dt.date | dt.datetime | None) -> str:
    """14 Nov 2026, where a row has no room"""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day} {value:%b} {value.year}"


def yesno(value: bool | str | None) -> str:
    """Yes, No or Not known; blank when nobody has answered."""
    return "" if value is None or value == "" else ANSWERS.get(value, str(value))


def default_text(value: object, text: str = "Not provided") -> object:
    """The value, or "Not provided" for an answer nobody gave. Zero and False are answers."""
    return text if value is None or value == "" or value == [] else value


def in_words(value: object) -> object:
    """A value as a reader expects it: dates, times and booleans in words, anything else as it is."""
    if isinstance(value, dt.datetime):
        return date_and_time(value)
    if isinstance(value, dt.date):
        return date(value)
    return yesno(value) if isinstance(value, bool) else value


def capfirst(value: str) -> str:
    """First letter upper case, the rest as it is."""
    return value[:1].upper() + value[1:]


FILTERS = {
    "date": date,
    "weekday": weekday,
    "month": month,
    "time": time,
    "datetime": date_and_time,
    "iso": iso,
    "number": number,
    "count_of": count,
    "days": days,
    "working_days": working_days,
    "duration": duration,
    "few_words": few_words,
    "short_date": short_date,
    "yesno": yesno,
    "default_text": default_text,
    "shown": in_words,
    "capfirst": capfirst,
}
