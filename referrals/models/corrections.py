"""A recorded fact that was wrong: what it was and is, what rests on it, and who had been given it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import OFFICE_ONLY
from referrals.models.referral import Referral


class Correction(models.Model):
    """Written once. `was` and `became` hold what each corrected question said, in words: [[question, answer]]."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="corrections")
    page = models.CharField(max_length=30)
    fields = models.JSONField()
    was = models.JSONField()
    became = models.JSONField()
    because = models.TextField()
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    SEEN_BY = OFFICE_ONLY
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_correction_says_why"),
            models.CheckConstraint(condition=~Q(was=models.F("became")), name="a_correction_changes"),
        ]
        triggers = [pgtrigger.Protect(name="corrections_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Correction {self.pk}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Question, what it said, what it says."""
        return [(label, was, is_now) for (label, was), (_, is_now) in zip(self.was, self.became, strict=True)]


class StaleFinding(models.Model):
    """One assessment or decision that was made before the correction. Somebody looks at it again and says what
    follows; until then its pages say that it is stale."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="stale")
    row_model = models.CharField(max_length=60)
    row_id = models.PositiveBigIntegerField()
    words = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    finding = models.TextField(blank=True)
    looked_at_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    SEEN_BY = OFFICE_ONLY

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "row_model", "row_id"], name="stale_once_a_correction"
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_at_by__isnull=True, finding="")
                | (Q(looked_at__isnull=False, looked_at_by__isnull=False) & ~Q(finding="")),
                name="looked_at_again_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class CorrectionRecipient(models.Model):
    """Somebody outside who had been given the fact, and is told of its correction."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="recipients")
    recipient = models.CharField(max_length=120)
    given_at = models.DateTimeField(help_text="When they were last given something of the record")
    how = models.TextField(blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)

    SEEN_BY = OFFICE_ONLY

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "recipient"], name="a_recipient_once_a_correction"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, how="") | (Q(told_at__isnull=False) & ~Q(how="")),
                name="recipients_are_told_how",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient
