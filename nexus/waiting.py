"""What waits for a person in each part of the service, on one page: so many, and where.

The pages where people begin show it.
"""

from collections.abc import Iterator
from datetime import datetime

from nexus.accounts.models import User
from nexus.parts import WorkWaiting, parts


def waiting_for(user: User, now: datetime) -> Iterator[WorkWaiting]:
    """What waits for this person, without the lines that count nothing."""
    for part in parts():
        if part.work_waiting:
            yield from (line for line in part.work_waiting(user=user, now=now) if line.count)
