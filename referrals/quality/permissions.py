"""Who draws nothing but reads: officers and managers, and never a decision of their own."""

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


class ReadingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReadingQuerySet":
        """Managers see all. Officers see what waits, and the findings on decisions they had a part in."""
        if user.role in WHO_MAY["view_figures"]:
            return self
        if user.role not in WHO_MAY["view"]:
            return self.filter(Q(pk__in=()))
        part = Q(decision__decided_by=user) | Q(decision__second_reader=user) | Q(read_by=user)
        return self.filter(Q(read_at=None) | part)

    def waiting_for(self, user: User) -> "ReadingQuerySet":
        """What this person may read: not what they decided, nor what they agreed to as second reader."""
        found = self.visible_to(user).filter(read_at=None).exclude(decision__decided_by=user)
        return found.exclude(decision__second_reader__isnull=False, decision__second_reader=user)
