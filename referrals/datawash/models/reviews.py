"""What the reviewers said of a pair."""

import pgtrigger
from django.db import models

from nexus.accounts.models import User
from nexus.privileges import NEVER_REWRITTEN
from nexus.row_security import with_its
from referrals.datawash.models.rows import Candidate


class Verdict(models.TextChoices):
    SAME = "same", "The same person"
    NOT_SAME = "not_same", "Not the same"
    CANNOT_TELL = "cannot_tell", "Cannot tell"


class Review(models.Model):
    """What a named referrals officer said of a pair. Append-only; the latest of a pair stands."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    SEEN_BY = with_its("candidate")
    PRIVILEGES = NEVER_REWRITTEN

    class Meta:
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="reviews_stay_as_said", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.get_verdict_display()
