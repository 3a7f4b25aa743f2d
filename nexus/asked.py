"""Everything that is asked of a police force now, by when it is needed: one list over all parts of the service.

A part says what it asks by a function named in `settings.NEXUS_ASKED_OF_FORCE`; it takes `user` and answers what
that person sees, with a constant number of queries.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from nexus.accounts.models import User


@dataclass(frozen=True)
class Asked:
    """One thing asked: what is to be done (`act`), in which words, about whom, where, and by which day.

    `ends_at` is the moment of a clock that runs, where the day is too coarse: that comes before everything else.
    `of` is the person whose it is, where it is somebody's; `row` is what the audit names.
    """

    act: str
    words: str
    about: str
    reference: str
    path: str
    due_on: date | None
    row: Model
    of: User | None = None
    ends_at: datetime | None = None


def asked_of(user: User) -> list[Asked]:
    """All of it: the clock that ends first on top, then the earliest day, what has neither last."""
    found = [each for part in settings.NEXUS_ASKED_OF_FORCE for each in import_string(part)(user=user)]
    return sorted(found, key=_urgency)


def _urgency(each: Asked) -> tuple[bool, float, date, str]:
    clock = each.ends_at.timestamp() if each.ends_at else 0
    return each.ends_at is None, clock, each.due_on or date.max, each.reference
