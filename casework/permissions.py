"""Who may see a case, and who may do what to it."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import CASEWORK_ROLES, Role

WORKS = frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})
MANAGES = frozenset({Role.MANAGER})
# Whose days away are recorded: who has work that others would have to take.
LEAVES = WORKS | {Role.REFERRALS_OFFICER}

WHO_MAY = WhoMay(
    {
        "view": CASEWORK_ROLES | {Role.REFERRALS_OFFICER},
        "allocate": MANAGES,
        "assign": MANAGES,
        "reassign": MANAGES,
        "view_workload": MANAGES,
        "view_mine": WORKS,
        "plan": WORKS | MANAGES,
        "record_progress": WORKS,
        "add_note": WORKS | MANAGES | {Role.CIO_HMI, Role.SPECIALIST_APPEALS},
        "add_task": WORKS | MANAGES,
        "complete_task": WORKS | MANAGES,
        "add_document": WORKS | MANAGES | {Role.SPECIALIST_APPEALS},
        "record_barrier": WORKS,
        "lift_barrier": WORKS,
        "clarify": WORKS,
        "give_removal_notice": WORKS,
        "change_route": WORKS,
        "record_outcome": WORKS,
        "close": WORKS | MANAGES,
        "relate": WORKS | MANAGES,
        "unrelate": WORKS | MANAGES,
        "add_person": WORKS,
        "correct_person": WORKS,
        "remove_person": WORKS,
        "view_print": CASEWORK_ROLES,
    }
)

# A case-owner's days away, and the moving of what cannot wait for them. Nothing moves by itself.
ABSENCES = WhoMay({"record_absence": MANAGES, "cancel_absence": MANAGES, "move_work": MANAGES})


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Casework's roles and the Referrals Office see every case; the police see none: they read
        progress on their own referral and in reports."""
        return self.filter(Q() if user.role in WHO_MAY["view"] else Q(pk__in=()))
