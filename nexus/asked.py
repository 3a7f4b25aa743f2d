"""Everything that is asked of a police force now, by the day it is needed: one list over all parts of the service.

A part says what it asks by a function named in `settings.NEXUS_ASKED_OF_FORCE`; it takes `user` and answers what
that person sees, with a constant number of queries.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from nexus.accounts.models import User


@dataclass(frozen=True)
class Asked:
    """One thing asked: what is to be done (`act`), in which words, about whom, where, and by which day.

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


def asked_of(user: User) -> list[Asked]:
    """All of it, the earliest day first, what has no day last."""
    found = [each for part in settings.NEXUS_ASKED_OF_FORCE for each in import_string(part)(user=user)]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.reference))
