"""What went on when the outcome of a case was recorded, and who said why."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.models.case import Case
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class CarriedOver(models.Model):
    """Something that still goes on after the outcome, by a named person's choice.

    `key` is what its part calls it (casework/parts.py), `words` what it was then.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="carried_over")
    key = models.CharField(max_length=40)
    words = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        verbose_name_plural = "carried over"
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="carried_over_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="what_is_carried_over_says_why"),
        ]

    def __str__(self) -> str:
        return f"Carried over {self.pk}"
