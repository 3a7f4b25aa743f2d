"""By when a person is answered: plain Python over plain values."""

import calendar
from datetime import date

from nexus.law import law


def answer_by(received: date) -> date:
    """The same day some months on, or the last of a month that has no such day."""
    months = received.month - 1 + law("subject_access").number
    year, month = received.year + months // 12, months % 12 + 1
    return date(year, month, min(received.day, calendar.monthrange(year, month)[1]))
