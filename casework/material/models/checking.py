"""What a check of a statement found: of the format, of each paragraph, of each record."""

from django.db import models
from django.db.models import Q

from casework.material.models.asking import Record
from casework.material.models.fields import WRITTEN_ONCE_GUARD, a_person
from casework.material.models.versions import Version
from casework.material.rules import CHECKLIST, Disclosable
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class Check(models.Model):
    """One check of a statement against the agreed format. A later check of the same version stands instead."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="checks")
    remarks = models.TextField(blank=True)
    checked_by = a_person()
    checked_at = models.DateTimeField()
    removes_because = models.TextField(
        blank=True, help_text="Why it lets out what an earlier check had redacted or kept back"
    )

    SEEN_BY = with_its("version")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-pk"]
        triggers = [WRITTEN_ONCE_GUARD]

    def __str__(self) -> str:
        return f"Check {self.pk}"


class PointChecked(models.Model):
    """One point of the agreed format, met or not."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="points")
    code = models.CharField(max_length=20, help_text="Of rules.CHECKLIST")
    met = models.BooleanField()

    SEEN_BY = with_its("of_check")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["pk"]
        triggers = [WRITTEN_ONCE_GUARD]
        constraints = [models.UniqueConstraint(fields=["of_check", "code"], name="one_answer_a_point")]

    def __str__(self) -> str:
        return f"Point {self.pk}"

    @property
    def question(self) -> str:
        return CHECKLIST[self.code].question


class ParagraphChecked(models.Model):
    """Whether one paragraph may be disclosed, and what is taken out of it first."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    disclosable = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Disclosable])
    to_redact = models.TextField(blank=True, help_text="Passages, one a line")
    remark = models.TextField(blank=True)

    SEEN_BY = with_its("of_check")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["number"]
        triggers = [WRITTEN_ONCE_GUARD]
        constraints = [
            models.UniqueConstraint(fields=["of_check", "number"], name="one_answer_a_paragraph"),
            models.CheckConstraint(
                condition=(Q(disclosable="redacted") & ~Q(to_redact=""))
                | (~Q(disclosable="redacted") & Q(to_redact="")),
                name="a_redaction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"Paragraph {self.number}"


class RecordChecked(models.Model):
    """Whether an attached record may be disclosed."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="records")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    disclosable = models.BooleanField()

    SEEN_BY = with_its("of_check")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["pk"]
        triggers = [WRITTEN_ONCE_GUARD]
        constraints = [models.UniqueConstraint(fields=["of_check", "record"], name="one_answer_a_record")]

    def __str__(self) -> str:
        return f"Record {self.record_id}"
