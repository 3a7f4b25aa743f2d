"""Who may see an enquiry, and who may do what to it."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.permissions import RAISES, TRIAGES

ASKS = RAISES | {Role.CRIMINAL_CASEWORK}

WHO_MAY = WhoMay(
    {
        "view": ASKS | TRIAGES | {Role.MANAGER},
        "view_desk": TRIAGES | {Role.MANAGER},
        "log": ASKS | TRIAGES,
        "answer": TRIAGES,
        "reopen": ASKS | TRIAGES,
        "link": TRIAGES,
        "hand_over": TRIAGES | {Role.MANAGER},
    }
)


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "EnquiryQuerySet":
        """The desk and managers see all; police what their force asks; others what they ask themselves."""
        if user.role in WHO_MAY["view_desk"]:
            return self
        if user.role in POLICE_ROLES:
            return self.filter(asker="force", force_id=user.force_id)
        if user.role in ASKS:
            return self.filter(logged_by_id=user.pk)
        return self.filter(Q(pk__in=()))
