"""Who may see an enquiry, who may do what to it, and who may change the rota."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.permissions import RAISES, TRIAGES

ASKS = RAISES | {Role.CRIMINAL_CASEWORK}
DESK = TRIAGES | {Role.MANAGER}
ON_THE_ROTA = DESK | {Role.CIO_HMI}

WHO_MAY = WhoMay(
    {
        "view": ASKS | DESK,
        "view_desk": DESK,
        "log": ASKS | TRIAGES,
        "answer": TRIAGES,
        "reopen": ASKS | TRIAGES,
        "link": TRIAGES,
        "hand_over": DESK,
        "add_note": DESK,
    }
)

MATTERS = WhoMay({"view": DESK, "add_matter": DESK, "check_matter": DESK})

# Who is on the rota may give a shift of their own to somebody else; a manager may change every one.
ROTA = WhoMay(
    {
        "view": ON_THE_ROTA,
        "add_shift": frozenset({Role.MANAGER}),
        "cancel_shift": frozenset({Role.MANAGER}),
        "swap_shift": ON_THE_ROTA,
        "write_handover": ON_THE_ROTA,
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
            return self.filter(asked_by_id=user.pk)
        return self.filter(Q(pk__in=()))


class MatterQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MatterQuerySet":
        """Who watches what is pending sees all of it; others read it on the referral's page."""
        return self.filter(Q() if user.role in MATTERS["view"] else Q(pk__in=()))


def recipient_of(user: User) -> str:
    """Who outside the Home Office receives what this person reads, for the audit entry."""
    return user.force.name if user.role in POLICE_ROLES and user.force else ""
