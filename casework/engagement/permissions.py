"""Who may see an operational engagement, and who may do what to it.

The requester asks, a CIO or HMI decides, the tasked force acts. Nobody decides on what they asked for.
"""

from django.db import models
from django.db.models import Q

from casework.permissions import WHO_MAY as CASES
from casework.permissions import WORKS
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role

AUTHORISES = frozenset({Role.CIO_HMI})
FORCE = POLICE_ROLES
HOME_OFFICE = CASES["view"]

WHO_MAY = WhoMay(
    {
        "view": HOME_OFFICE | FORCE,
        "view_inside": HOME_OFFICE,
        "view_discussion": WORKS | AUTHORISES | {Role.MANAGER},
        "view_verbal": AUTHORISES | {Role.SENIOR_CASEWORKER, Role.MANAGER},
        "start": WORKS,
        "save_risks": WORKS | AUTHORISES,
        "save_details": WORKS | AUTHORISES,
        "settle_issue": WORKS,
        "request": WORKS,
        "record_trafficking": frozenset({Role.SENIOR_CASEWORKER}),
        "quality_assure": AUTHORISES,
        "assess_risk": AUTHORISES,
        "send_back": AUTHORISES,
        "authorise": AUTHORISES,
        "refuse": AUTHORISES,
        "log_verbal": AUTHORISES,
        "write_up": AUTHORISES,
        "task": WORKS | AUTHORISES,
        "look_again": WORKS | AUTHORISES,
        "reopen": WORKS | AUTHORISES,
        "withdraw": WORKS | AUTHORISES,
        "accept": FORCE,
        "decline": FORCE,
        "execute": FORCE,
        "abort": FORCE,
        "record_outcome": FORCE,
    }
)


class EngagementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "EngagementQuerySet":
        """Whoever sees cases sees all; the police what was tasked to their own force, from then on."""
        if user.role in HOME_OFFICE:
            return self
        if user.role in FORCE:
            return self.filter(force_id=user.force_id, tasked_at__isnull=False)
        return self.filter(Q(pk__in=()))


def recipient_of(user: User) -> str:
    """Who outside the Home Office receives what this person reads, for the audit entry."""
    return user.force.name if user.role in FORCE and user.force else ""
