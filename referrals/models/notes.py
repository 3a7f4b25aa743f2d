"""What somebody writes about a referral beside its decisions: a note, or a dissent from what stands already."""

import pgtrigger
from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its
from referrals.models.referral import Referral


class NoteKind(models.TextChoices):
    DISSENT = "dissent", "Dissent"
    NOTE = "note", "Note"


class ReferralNote(models.Model):
    """Written once, read inside the Home Office. `row_model` and `row_id` name the row it is about, `about` what that
    is called; all three are empty where it is about the referral itself."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    about = models.CharField(max_length=200, blank=True)
    row_model = models.CharField(max_length=60, blank=True)
    row_id = models.PositiveBigIntegerField(null=True)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    SEEN_BY = with_its("referral")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["row_model", "row_id"], name="notes_about_a_row")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=NoteKind.DISSENT) | (~Q(about="") & Q(row_id__isnull=False)),
                name="a_dissent_is_from_something",
            ),
        ]
        triggers = [pgtrigger.Protect(name="notes_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Note {self.pk}"

    @property
    def title(self) -> str:
        """Dissent: the second reading"""
        return f"{self.get_kind_display()}: {self.about}" if self.about else self.get_kind_display()
