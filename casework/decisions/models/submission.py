"""A draft as it was when it was submitted for review: what the next reviewer compares with."""

import pgtrigger
from django.db import models

from casework.decisions.models.decision import Decision
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class Submission(models.Model):
    """`words` are its parts, each what it is called and its words, as the reviewer read them."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="submissions")
    words = models.JSONField()
    submitted_at = models.DateTimeField()

    SEEN_BY = with_its("decision")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["submitted_at", "pk"]
        triggers = [pgtrigger.Protect(name="submissions_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Submission {self.pk}"
