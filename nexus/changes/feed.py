"""The feed as somebody may follow it: each change of what they see, in the order of its number.

What a part has to follow it says in `Part.follows`. Which rows somebody sees says that part's own `visible_to`, and
PostgreSQL's row security beneath it: the feed has no rule of its own about whose a row is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from cryptography.fernet import InvalidToken
from django.db import connection
from django.db.models import Q, QuerySet

from nexus.accounts.models import User
from nexus.changes.cursors import opened
from nexus.changes.models import Change
from nexus.parts import Follow, parts

PAGE = 100
AT_ONCE = 1000  # changes looked at in one query
ROUNDS = 5  # so many times a call: what comes after has its own


class UnknownCursor(Exception):
    """It is none that a page of the feed gave."""


@dataclass(frozen=True)
class Line:
    """One change: which kind of thing, its id, what happened and when. Never a word about a person."""

    kind: str
    id: str
    happened: str
    at: datetime
    change: Change = field(compare=False)


@dataclass(frozen=True)
class Page:
    """Some changes, the number after which the next ones come, and whether there are any now."""

    lines: list[Line]
    last: int
    more: bool


def number_of(cursor: str) -> int:
    """Where a cursor stands; the beginning without one. Raises UnknownCursor."""
    try:
        return opened(cursor) if cursor else 0
    except (InvalidToken, ValueError):
        raise UnknownCursor from None


def give_numbers() -> None:
    """To everything that has been committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT changes_number()")


def page_after(number: int, *, user: User) -> Page:
    """The next changes that this person may know of; a constant number of queries at most."""
    give_numbers()
    return _page(followed_by(user), number, user)


def _page(follows: list[Follow], number: int, user: User) -> Page:
    lines: list[Line] = []
    for _ in range(ROUNDS):
        some = list(changes(follows, user).filter(number__gt=number).order_by("number")[:AT_ONCE])
        for line in seen(some, follows, user):
            if len(lines) == PAGE:
                return Page(lines, lines[-1].change.number or 0, more=True)
            lines.append(line)
        if some:
            number = some[-1].number or number
        if len(some) < AT_ONCE:
            return Page(lines, number, more=False)
    return Page(lines, number, more=True)


def followed_by(user: User) -> list[Follow]:
    """What this person's role has to follow."""
    return [each for part in parts() for each in part.follows if user.role in each.roles]


def changes(follows: list[Follow], user: User) -> QuerySet[Change]:
    """Numbered changes of what may be followed: to the police only what the force is told of."""
    wanted = [
        Q(entry__subject_type=each.model) & (each.told_to_force if user.is_police else Q())
        for each in follows
    ]
    found = Change.objects.filter(reduce(or_, wanted, Q(pk__in=())), number__isnull=False)
    return found.select_related("entry")


def seen(some: Iterable[Change], follows: list[Follow], user: User) -> Iterator[Line]:
    """Those of which this person sees the row they are of; one query for each kind of row."""
    some = list(some)
    names = {
        (each.model, str(pk)): (each.kind, str(name))
        for each in follows
        if (ids := {change.entry.subject_id for change in some if change.entry.subject_type == each.model})
        for pk, name in each.rows(user).filter(pk__in=ids).values_list("pk", each.name)
    }
    for change in some:
        entry = change.entry
        if found := names.get((entry.subject_type, entry.subject_id)):
            yield Line(*found, entry.kind, entry.at, change)
