"""Whose saved views a person sees, and who may do what at the desk."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from referrals.permissions import WHO_MAY as REFERRALS

DESK = REFERRALS["view_queue"]

WHO_MAY = WhoMay(
    {
        "view_views": DESK,
        "save_view": DESK,
        "change_view": DESK,
        "delete_view": DESK,
        "make_default": DESK,
        "set_alert": DESK,
        "release_many": REFERRALS["release"],
        "hand_over_many": REFERRALS["hand_over"],
        "export": DESK,
        "view_officers": frozenset({Role.MANAGER}),
    }
)


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SavedViewQuerySet":
        """One's own, and what others at the desk share."""
        if user.role not in DESK:
            return self.filter(Q(pk__in=()))
        return self.filter(Q(owner=user) | Q(shared=True))
