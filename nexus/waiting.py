"""What waits for a person in each part of the service, on one page: so many, and where.

A part says what waits by a function named in `settings.NEXUS_WAITING_FOR`; it takes `user` and `now` and
answers at most a few lines, with a constant number of queries. The pages where people begin show them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from nexus.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """`words` say what waits ("Requests to authorise"), `overdue` how many of `count` are late."""

    words: str
    count: int
    path: str
    overdue: int = 0


def waiting_for(user: User, now: datetime) -> Iterator[Waiting]:
    """What waits for this person, without the lines that count nothing."""
    for part in settings.NEXUS_WAITING_FOR:
        yield from (line for line in import_string(part)(user=user, now=now) if line.count)
