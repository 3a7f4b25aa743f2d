"""Who may see a support request, and who may do what to it."""

from django.db import models
from django.db.models import Q

from casework.permissions import WORKS
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role

OFFICE = frozenset({Role.REFERRALS_OFFICER})
ELSEWHERE = frozenset({Role.CRIMINAL_CASEWORK})
ASKS = WORKS | ELSEWHERE
LEAD = frozenset({Role.FORCE_LEAD})

WHO_MAY = WhoMay(
    {
        "view": ASKS | CASEWORK_ROLES | OFFICE | POLICE_ROLES,
        "view_ledger": LEAD | {Role.MANAGER},
        "ask": ASKS,
        "ask_value_added": ELSEWHERE,
        "amend": ASKS,
        "submit": ASKS,
        "cancel": ASKS,
        # "make contact with the Nexus High Harm Referrals Office to discuss the matter" (p. 12)
        "pass_on": OFFICE,
        "send_back": OFFICE,
        "accept": LEAD,
        "decline": LEAD,
        "fulfil": POLICE_ROLES,
        "add_message": ASKS | POLICE_ROLES,
    }
)


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SupportQuerySet":
        """Police: what has been passed on to their force. Criminal Casework: what they asked themselves.
        Liverpool: what is asked for flagged subjects. The Referrals Office and managers: all. A draft is its
        writer's own."""
        return self.filter(requests_seen_by(user))


def requests_seen_by(user: User) -> Q:
    mine, sent = Q(asked_by_id=user.pk), ~Q(state="draft")
    if user.role in POLICE_ROLES:
        return Q(force_id=user.force_id, passed_on_at__isnull=False)
    if user.role in ELSEWHERE:
        return mine
    if user.role in OFFICE | {Role.MANAGER}:
        return sent
    if user.role in CASEWORK_ROLES:
        return mine | (sent & Q(referral__isnull=False))
    return Q(pk__in=())


def recipient_of(user: User) -> str:
    """Who outside the Home Office receives what this person reads, for the audit entry."""
    return user.force.name if user.role in POLICE_ROLES and user.force else ""
