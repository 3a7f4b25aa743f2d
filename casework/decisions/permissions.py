"""Who may read a decision, and who may do what to it. The drafter never reviews: a rule and a constraint say so."""

from django.db import models
from django.db.models import Q

from casework.permissions import WHO_MAY as CASE
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role

DRAFTS = frozenset({Role.CASE_OWNER})
REVIEWS = frozenset({Role.SENIOR_CASEWORKER})
WORKS = DRAFTS | REVIEWS

WHO_MAY = WhoMay(
    {
        "view": CASE["view"],
        "view_hearings": CASE["view"],
        "view_reviews": REVIEWS,
        "draft": DRAFTS,
        "record_claim": WORKS,
        "end_claim": WORKS,
        "save_section": DRAFTS,
        "write_letter": DRAFTS,
        "add_finding": DRAFTS,
        "change_finding": DRAFTS,
        "remove_finding": DRAFTS,
        "restore_finding": DRAFTS,
        "submit": DRAFTS,
        "take_back": DRAFTS,
        "approve": REVIEWS,
        "return_draft": REVIEWS,
        "decide": WORKS,
        "make_letter": WORKS,
        "serve": WORKS,
        "record_appeal_right": WORKS,
        "reconsider": WORKS,
        "lodge": WORKS,
        "add_hearing": WORKS,
        "record_hearing": WORKS,
        "conclude": WORKS,
    }
)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Whoever sees cases sees their decisions; the police never: they read what the force is told."""
        return self.filter(Q() if user.role in WHO_MAY["view"] else Q(pk__in=()))


class ChallengeQuerySet(DecisionQuerySet):
    """Whoever sees a decision sees what is brought against it."""


class ClaimQuerySet(DecisionQuerySet):
    """Whoever sees the decisions of a case sees the claims they answer."""
