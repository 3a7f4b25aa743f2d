"""Who may see that two referrals may name one person, and who may say so."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from referrals.permissions import TRIAGES

WHO_MAY = WhoMay(
    {
        "view_pairs": TRIAGES | {Role.MANAGER},
        "judge": TRIAGES,
        "take_back": TRIAGES,
        "merge": TRIAGES,
        "undo_merge": TRIAGES,
    }
)


class PairQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PairQuerySet":
        """A pair crosses forces: it exists for the Referrals Office and managers, for no police role."""
        return self if user.role in WHO_MAY["view_pairs"] else self.filter(Q(pk__in=()))


class JudgementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "JudgementQuerySet":
        """As the pairs."""
        return self if user.role in WHO_MAY["view_pairs"] else self.filter(Q(pk__in=()))

    def standing(self) -> "JudgementQuerySet":
        """Those that nobody has taken back."""
        return self.filter(taken_back_at=None)


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MergeQuerySet":
        """As the pairs: it crosses forces."""
        return self if user.role in WHO_MAY["view_pairs"] else self.filter(Q(pk__in=()))

    def standing(self) -> "MergeQuerySet":
        """Those that have not been undone."""
        return self.filter(undone_at=None)
