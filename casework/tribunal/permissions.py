"""Who may read the papers of a hearing, and who may do what to them."""

from django.db import models
from django.db.models import Q

from casework.permissions import WHO_MAY as CASE
from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role

PREPARES = frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})

WHO_MAY = WhoMay(
    {
        "view": CASE["view"],
        "view_bundle": CASE["view"],
        "start_bundle": PREPARES,
        "gather_entries": PREPARES,
        "change_entry": PREPARES,
        "move_entry": PREPARES,
        "order_entries": PREPARES,
        "make_bundle": PREPARES,
        "remake_bundle": PREPARES,
        "mark_redaction": PREPARES,
        "confirm_redaction": PREPARES,
        "withdraw_redaction": PREPARES,
        "add_line": PREPARES,
        "change_line": PREPARES,
    }
)


class OfCase(models.QuerySet):
    def visible_to(self, user: User) -> "OfCase":
        """Whoever sees cases sees the papers of their hearings; the police never."""
        return self.filter(Q() if user.role in WHO_MAY["view"] else Q(pk__in=()))
