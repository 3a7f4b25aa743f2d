"""Everything that is asked of a police force now, by when it is needed: one list over all parts of the service."""

from datetime import date

from nexus.accounts.models import User
from nexus.parts import RequestToForce, parts


def requests_to(user: User) -> list[RequestToForce]:
    """All that this person sees: the clock that ends first on top, then the earliest day, what has neither last."""
    found = [each for part in parts() if part.requests_to_force for each in part.requests_to_force(user=user)]
    return sorted(found, key=_urgency)


def _urgency(each: RequestToForce) -> tuple[bool, float, date, str]:
    clock = each.ends_at.timestamp() if each.ends_at else 0
    return each.ends_at is None, clock, each.due_on or date.max, each.reference
