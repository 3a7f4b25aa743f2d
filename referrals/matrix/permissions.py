"""Who may use the matrix, and whose assessments each person sees."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.permissions import RAISES, TRIAGES

WHO_MAY = WhoMay(
    {
        "use": RAISES,
        "view": RAISES | TRIAGES | {Role.MANAGER},
        "discuss": RAISES,
        "refer": RAISES,
        "view_agreement": frozenset({Role.MANAGER}),
    }
)


class MatrixQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MatrixQuerySet":
        """Police: their force's. Immigration officers: their own. Croydon and managers: those that reached
        the office, by a discussion or a sent referral. Others: none."""
        if user.role in POLICE_ROLES:
            return self.filter(force_id=user.force_id)
        if user.role == Role.IMMIGRATION_OFFICER:
            return self.filter(made_by_id=user.pk)
        if user.role in WHO_MAY["view"]:
            return self.filter(Q(enquiry__isnull=False) | Q(referral__submitted_at__isnull=False))
        return self.filter(Q(pk__in=()))
