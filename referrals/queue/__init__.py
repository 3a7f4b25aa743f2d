"""The triage queue: which referrals, found by what, in which order, and what a line says. Reads only."""

from referrals.models.place import target_of
from referrals.queue.beside import fill_in, listed
from referrals.queue.clocks import Clock, OpenRequest, custody_clock, standing_on, waiting_for
from referrals.queue.counting import counted_of
from referrals.queue.filters import (
    ME,
    NOBODY,
    Age,
    Due,
    SamePerson,
    asked_for,
    filtered,
    start_of,
)
from referrals.queue.lines import Line, line, stamp
from referrals.queue.listing import NEVER_EMPTY, SORTS, in_order, queue
from referrals.queue.news import news_of, with_news

__all__ = [
    "ME",
    "NEVER_EMPTY",
    "NOBODY",
    "SORTS",
    "Age",
    "Clock",
    "Due",
    "Line",
    "SamePerson",
    "OpenRequest",
    "asked_for",
    "counted_of",
    "custody_clock",
    "fill_in",
    "filtered",
    "in_order",
    "line",
    "listed",
    "queue",
    "standing_on",
    "stamp",
    "start_of",
    "target_of",
    "news_of",
    "waiting_for",
    "with_news",
]
