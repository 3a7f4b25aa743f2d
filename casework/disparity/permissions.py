"""Who reads the figures: managers, auditors and data protection. Nobody who decides, so that no decision can use them."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role

READS = frozenset({Role.MANAGER, Role.AUDITOR})

WHO_MAY = WhoMay({"view": READS, "respond": READS})


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ResponseQuerySet":
        return self if user.role in READS else self.filter(Q(pk__in=()))
