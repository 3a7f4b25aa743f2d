"""Who draws nothing but reads: officers and managers, and never a decision of their own."""

from typing import Any

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from referrals.permissions import TRIAGES

READS = TRIAGES | {Role.MANAGER}

WHO_MAY = WhoMay(
    {
        "view": READS,
        "view_figures": frozenset({Role.MANAGER}),
        "record_finding": READS,
    }
)


def may_read_finding(reading: Any, user: User) -> bool:
    """Managers, and who had a part: the officer who decided, their second reader, and who read it for quality."""
    decision = reading.decision
    part = {decision.decided_by_id, decision.second_reader_id, reading.read_by_id}
    return user.role in WHO_MAY["view_figures"] or user.pk in part


class ReadingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReadingQuerySet":
        """Officers and managers see all: whoever comes second is told so. Whose finding it is to read says
        `may_read_finding`."""
        return self if user.role in WHO_MAY["view"] else self.filter(Q(pk__in=()))

    def waiting_for(self, user: User) -> "ReadingQuerySet":
        """What this person may read: not what they decided, nor what they agreed to as second reader."""
        found = self.visible_to(user).filter(read_at=None).exclude(decision__decided_by=user)
        return found.exclude(decision__second_reader__isnull=False, decision__second_reader=user)
