"""Who may see an enquiry or a pending matter, who may do what to it, and who may change the rota."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.duty_desk.rules.pending import LITIGATION
from referrals.permissions import RAISES, TRIAGES, referrals_seen_by

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
        "take": TRIAGES,
        "hand_over": DESK,
        "add_note": DESK,
    }
)

# Liverpool's caseworkers hear of litigation first where it is their decision that is challenged.
LITIGATES = frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})
WATCHES = DESK | LITIGATES
MATTERS = WhoMay(
    {
        "view": DESK,
        "view_litigation": WATCHES,
        "add_matter": DESK,
        "add_litigation": WATCHES,
        "check_matter": WATCHES,
        "conclude_matter": WATCHES,
        "judge_litigation": WATCHES,
        "task_litigation": DESK,
    }
)

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


# The desk takes urgent calls, and at night and at weekends the CIO or HMI on call (p. 8).
ANSWERS_CALLS = TRIAGES | {Role.CIO_HMI}
CALLS = WhoMay(
    {
        "view_calls": ANSWERS_CALLS | DESK,
        "take_call": ANSWERS_CALLS,
        "raise_live_time": frozenset({Role.IMMIGRATION_OFFICER}),
        "log_advice": ANSWERS_CALLS,
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
        """The desk sees everything that is pending, Liverpool's caseworkers the litigation of what they see.
        Others read it on the page of the referral or the case."""
        if user.role in MATTERS["view"]:
            return self
        if user.role in LITIGATES:
            return self.filter(referrals_seen_by(user, "referral__"), kind__in=LITIGATION)
        return self.filter(Q(pk__in=()))


class CallQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CallQuerySet":
        """Who takes calls sees all of them; the force reads its own on the referral."""
        return self.filter(Q() if user.role in CALLS["view_calls"] else Q(pk__in=()))


def recipient_of(user: User) -> str:
    """Who outside the Home Office receives what this person reads, for the audit entry."""
    return user.force.name if user.role in POLICE_ROLES and user.force else ""
