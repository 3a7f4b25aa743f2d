"""Who answers a person about their data, and who watches that it is done in time: see nexus/retention/permissions.py."""

from django.db import models

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.retention.permissions import READS, REVIEWS

WHO_MAY = WhoMay(
    {
        "view": READS,
        "receive": REVIEWS,
        "add_record": REVIEWS,
        "decide": REVIEWS,
        "answer": REVIEWS,
        "refuse": REVIEWS,
        "export": REVIEWS,
    }
)


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "RequestQuerySet":
        """The register is the table's alone: a request says who asks, and nothing of what is held."""
        return self if user.role in READS else self.none()
