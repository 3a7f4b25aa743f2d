"""Letters and decision documents, kept as they were made."""

import pgtrigger
from django.db import models

from casework.decisions.models.decision import Decision
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class LetterTemplate(models.TextChoices):
    """What can be made from a decision; the words are in letters.py."""

    NOTICE = "notice", "Notice of decision"
    REASONS = "reasons", "Decision with reasons"


class Letter(models.Model):
    """A document made from a decision by a template's version, kept as it was made: both files, and their hashes.

    `content` is the one description both files were made from.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    template = models.CharField(max_length=30, choices=LetterTemplate.choices)
    version = models.CharField("version of the template", max_length=10)
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_hash = models.CharField(max_length=64)
    docx = models.BinaryField()
    docx_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    SEEN_BY = with_its("decision")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-made_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="made_once", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_template_display()} (letter {self.pk})"
