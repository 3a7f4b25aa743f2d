"""Who may see a data-wash, and who may do what to it."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.permissions import TRIAGES

WHO_MAY = WhoMay(
    {
        # The force: its own lists and reports.
        "view": POLICE_ROLES | TRIAGES | {Role.MANAGER},
        "upload": POLICE_ROLES,
        "answer": POLICE_ROLES,  # how the file is to be read
        "queue": POLICE_ROLES,
        "discard": POLICE_ROLES,
        "refer": POLICE_ROLES,
        # Croydon: clerical review. The register's side of a pair is the Home Office's own.
        "review": TRIAGES,
        "view_pairs": TRIAGES | {Role.MANAGER},
        "agree": frozenset({Role.MANAGER}),  # make or end an agreement with a force
        "view_agreements": TRIAGES | {Role.MANAGER},
    }
)


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AgreementQuerySet":
        if user.role in WHO_MAY["view_agreements"]:
            return self
        if user.role in POLICE_ROLES:
            return self.filter(force_id=user.force_id)
        return self.filter(Q(pk__in=()))


class WashQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "WashQuerySet":
        """Police see their own force's; the Referrals Office and managers every force's; others none."""
        if user.role in POLICE_ROLES:
            return self.filter(agreement__force_id=user.force_id)
        if user.role in WHO_MAY["view"]:
            return self
        return self.filter(Q(pk__in=()))


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CandidateQuerySet":
        """The register's side of a pair is the Home Office's own: for the police no pair exists."""
        return self if user.role in WHO_MAY["view_pairs"] else self.filter(Q(pk__in=()))
