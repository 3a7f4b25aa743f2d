"""What waits for a person in each part of the service: one list of their day, and the counts of what they share.

Each part tells its own through `PART` (nexus/parts.py); here is the order: what comes first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.parts import PersonWords, RequestToForce, Urgency, WaitingItem, WorkWaiting, parts, the_one
from nexus.requests_to_force import requests_to
from nexus.ui import formatting
from nexus.ui.paging import counted_together

Row = TypeVar("Row", bound=Model)
A_PAGE = 25
# Of each kind, what comes first of it: nobody has a day of more, and where there is more the list says so.
MOST = 200
# What became more urgent stands above what is only old: the order of `Urgency`.
RANK = {urgency: place for place, urgency in enumerate(Urgency)}


def waiting_for(user: User, now: datetime) -> list[WorkWaiting]:
    """The counts of what waits, of which a person chooses or shares with others; none that counts nothing."""
    asked = (part.work_waiting(user=user, now=now) for part in parts() if part.work_waiting)
    return [line for line in counted_lines(chain.from_iterable(asked)) if line.count]


def counted_lines(lines: Iterable[WorkWaiting]) -> list[WorkWaiting]:
    """The same lines with numbers: whatever rows they gave are counted in one statement, none beyond a thousand."""
    lines = list(lines)
    given = [each for line in lines for each in (line.count, line.overdue) if isinstance(each, QuerySet)]
    numbers = iter(counted_together(given))

    def counted(each: int | QuerySet[Any]) -> int:
        return next(numbers) if isinstance(each, QuerySet) else each

    return [replace(line, count=counted(line.count), overdue=counted(line.overdue)) for line in lines]


def items_for(user: User, now: datetime) -> list[WaitingItem]:
    """What waits for this person, what comes first on top: of each kind no more than MOST, in each part's constant number
    of queries."""
    found = [
        item for part in parts() if part.waiting_items for item in part.waiting_items(user=user, now=now)
    ]
    if user.role in POLICE_ROLES:
        found += [asked(each, now) for each in requests_to(user)]
    return sorted(without_repeats(found), key=place_of)


def foremost(rows: "QuerySet[Row]", *order: str) -> "QuerySet[Row]":
    """Of one kind of thing that waits, those that come first in this order: never more than are shown for a day."""
    return rows.order_by(*order)[:MOST]


def is_cut(items: Iterable[WaitingItem]) -> bool:
    """Whether there may be more of a kind than was looked at."""
    kinds = Counter((item.row._meta.label_lower, item.act) for item in items)
    return any(number >= MOST for number in kinds.values())


def without_repeats(found: Iterable[WaitingItem]) -> Iterator[WaitingItem]:
    """Without the news of what already stands in the list to be done."""
    found = list(found)
    to_do = {item.reference for item in found if item.urgency is not Urgency.UNREAD}
    return (item for item in found if item.urgency is not Urgency.UNREAD or item.reference not in to_do)


def place_of(item: WaitingItem) -> tuple[int, datetime, str, str]:
    """Where it stands: by urgency; in one urgency the earliest time first; what settles ties is the row."""
    return RANK[item.urgency], moment_of(item.at), item.row._meta.label_lower, f"{item.row.pk} {item.path}"


def moment_of(at: date | datetime) -> datetime:
    """A day counts as its end."""
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time.max, timezone.get_default_timezone())


def due(
    act: str, on: date, path: str, row: Model, *, now: datetime, reference: str = "", subject: str = ""
) -> WaitingItem:
    """What has a day: overdue, due today, or due."""
    today = timezone.localdate(now)
    urgency = Urgency.OVERDUE if on < today else Urgency.TODAY if on == today else Urgency.DUE
    return WaitingItem(act, urgency, on, path, row, reference, subject)


def asked(each: RequestToForce, now: datetime) -> WaitingItem:
    """What is asked of a force, as one thing that waits for its officers."""
    about = {"reference": each.reference, "subject": each.subject}
    if each.ends_at:
        return WaitingItem(each.act, Urgency.CLOCK, each.ends_at, each.path, each.row, **about)
    if each.due_on is None:
        return WaitingItem(each.act, Urgency.WAITING, timezone.localdate(now), each.path, each.row, **about)
    return due(each.act, each.due_on, each.path, each.row, now=now, **about)


def words_of(urgency: Urgency, at: date | datetime, now: datetime) -> str:
    """Overdue since 3 November · Answered 2:38am · Returned 28 November · Custody clock ends 4:10pm"""
    today, day = timezone.localdate(now), timezone.localdate(at) if isinstance(at, datetime) else at
    when = formatting.time(at) if isinstance(at, datetime) and day == today else f"{day.day} {day:%B}"
    if day.year != today.year:
        when = formatting.date(day)
    joined = {
        Urgency.CLOCK: "ends" if moment_of(at) > now else "ended",
        Urgency.OVERDUE: "since",
        Urgency.HELD: "since",
        Urgency.WAITING: "since" if moment_of(at) <= now else "until",
        Urgency.TODAY: "",
    }.get(urgency)
    if urgency is Urgency.TODAY:
        return urgency.words
    return " ".join(filter(None, [urgency.words, joined, when]))


@dataclass(frozen=True)
class WaitingLine:
    """One line of the page: what waits, its time in words, and who it is about, as far as the reader sees them."""

    item: WaitingItem
    words: str
    person: PersonWords | None


class WaitingPage:
    """One page of the list. Its key is that of the row above the page: a place, and never a person's name.

    Whoever has done the thing that the address names begins at the top again.
    """

    def __init__(
        self, items: list[WaitingItem], *, after: str = "", before: str = "", size: int = A_PAGE
    ) -> None:
        keys = [key_of(item) for item in items]
        start = keys.index(after) + 1 if after in keys else 0
        if before in keys:
            start = max(0, keys.index(before) - size)
        self.items = items[start : start + size]
        self.total, self.start, self.more = len(items), start + 1, is_cut(items)
        self.end = start + len(self.items)
        self.next_key = keys[self.end - 1] if self.items and self.end < self.total else None
        self.previous_key = keys[start] if self.items and start else None

    @property
    def showing(self) -> str:
        first, last, total = map(formatting.number, (self.start, self.end, self.total))
        more = " or more" if self.more else ""
        return f"Showing {first} to {last} of {total}{more}" if self.items else "Nothing to show"


def key_of(item: WaitingItem) -> str:
    """The row and why it waits, as an address may carry it: a row waits once for one reason."""
    return f"{item.row._meta.label_lower}-{item.row.pk}-{item.urgency.name.lower()}"


def lines_of(page: WaitingPage, *, user: User, now: datetime) -> list[WaitingLine]:
    """The people are looked up once for the page."""
    references = {item.reference for item in page.items if item.reference}
    people = people_named(user, references)
    return [
        WaitingLine(item, words_of(item.urgency, item.at, now), people.get(item.reference))
        for item in page.items
    ]


def people_named(user: User, references: set[str]) -> Mapping[str, PersonWords]:
    return the_one(part.people_named for part in parts())(user=user, references=references)
