"""Who may see Nexus material, and who may do what to it.

Specialist Appeals advise and never edit; the force supplies and never reads what is said of it inside; Criminal
Casework reads what is approved of what it asked for, without what is redacted.
"""

from django.db import models
from django.db.models import Q

from casework.permissions import WHO_MAY as CASES
from casework.permissions import WORKS
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role

SENIOR = frozenset({Role.SENIOR_CASEWORKER})
APPEALS = frozenset({Role.SPECIALIST_APPEALS})
ELSEWHERE = frozenset({Role.CRIMINAL_CASEWORK})

WHO_MAY = WhoMay(
    {
        "view": CASES["view"] | POLICE_ROLES,
        "view_inside": CASES["view"],
        "view_asked": POLICE_ROLES,
        "view_bundle": WORKS | APPEALS,
        "view_released": ELSEWHERE,
        "request_summary": WORKS,
        "write_message": WORKS | POLICE_ROLES,
        "save_draft": POLICE_ROLES,
        "attach_record": POLICE_ROLES,
        "remove_record": POLICE_ROLES,
        "restore_record": POLICE_ROLES,
        "upload_text": POLICE_ROLES,
        "remove_upload": POLICE_ROLES,
        "restore_upload": POLICE_ROLES,
        "supply": POLICE_ROLES,
        "give_more_time": WORKS,
        "return_summary": WORKS,
        "review_summary": WORKS,
        "need_no_statement": WORKS,
        "withdraw_no_statement": WORKS,
        "commission": WORKS,
        "check_statement": WORKS,
        "reject": WORKS,
        "approve": SENIOR,
        "rely_on": WORKS | ELSEWHERE,
        "ask_for_appeals_review": WORKS | APPEALS | ELSEWHERE,
        "advise": APPEALS,
        "serve": WORKS | ELSEWHERE,
        "supersede": WORKS,
    }
)


def material_seen_by(user: User, path: str = "") -> Q:
    """Casework and the Referrals Office see all of it, a force what its own referrals' cases ask of it,
    Criminal Casework what is asked on its own requests for support.

    `path` leads to the material from the row that is filtered.
    """
    if user.role in WHO_MAY["view_inside"]:
        return Q()
    if user.role in POLICE_ROLES:
        return Q(**{f"{path}case__referral__force_id": user.force_id})
    if user.role in ELSEWHERE:
        return Q(
            **{
                f"{path}support_request__asked_by": user,
                f"{path}support_request__from_criminal_casework": True,
            }
        )
    return Q(pk__in=())


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MaterialQuerySet":
        return self.filter(material_seen_by(user))


class AskQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AskQuerySet":
        return self.filter(material_seen_by(user, "material__"))

    def open(self) -> "AskQuerySet":
        """What the force still has to send: asked, not closed, and the case is being worked."""
        return self.filter(closed_at=None, material__case__outcome="", material__case__closed_at=None)


def recipient_of(user: User) -> str:
    """Who outside the Home Office receives what this person reads or does, for the audit entry."""
    return user.force.name if user.role in POLICE_ROLES and user.force else ""
