"""Who reviews what has passed its period, and who reads that it was reviewed.

Managers review: they see every record whole and decide no case. The data-protection officer reads all of it and does
none of it, because whoever watches how data are kept does not settle it; the administrator reads no case.
"""

from django.db import models

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role

REVIEWS = frozenset({Role.MANAGER})
READS = REVIEWS | {Role.AUDITOR}

WHO_MAY = WhoMay(
    {
        "view": READS,
        "open_review": REVIEWS,
        "keep": REVIEWS,
        "hold": REVIEWS,
        "lift": REVIEWS,
        "propose": REVIEWS,
        "send_back": REVIEWS,
        "erase": REVIEWS,
    }
)


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReviewQuerySet":
        """A review names a record by its reference: who may see it is the table's alone."""
        return self if user.role in READS else self.none()
