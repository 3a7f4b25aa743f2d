"""Who sees what has to be keyed, and who keys what.

The Referrals Office sets and removes flags and keys them. "Allocated To" is Liverpool's.
"""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role

FLAGS = frozenset({Role.REFERRALS_OFFICER})
ALLOCATIONS = frozenset({Role.MANAGER, Role.CASE_OWNER, Role.SENIOR_CASEWORKER})

WHO_MAY = WhoMay(
    {
        "view": FLAGS | ALLOCATIONS,
        "confirm_flag": FLAGS,
        "confirm_allocation": ALLOCATIONS,
        "correct": FLAGS | ALLOCATIONS,
    }
)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "EntryQuerySet":
        """Everybody who keys sees the whole list; nobody else sees any of it."""
        return self.filter(Q() if user.role in WHO_MAY["view"] else Q(pk__in=()))

    def pending(self) -> "EntryQuerySet":
        return self.filter(keyed=None)
