"""Who may see a progress report, and who may do what to it."""

from django.db import models
from django.db.models import Q

from casework.reports.states import RELEASED
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role

MANAGES = frozenset({Role.MANAGER})

WHO_MAY = WhoMay(
    {
        "view": MANAGES | POLICE_ROLES,
        "view_every_force": MANAGES,
        "request": MANAGES,
        "requeue": MANAGES,
        "release": MANAGES,
        "acknowledge": frozenset({Role.FORCE_LEAD}),
        "view_dashboard": MANAGES,
    }
)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Managers see all; police see their own force's once released; others see none."""
        if user.role in MANAGES:
            return self
        if user.role in POLICE_ROLES:
            return self.filter(force_id=user.force_id, state__in=RELEASED)
        return self.filter(Q(pk__in=()))
