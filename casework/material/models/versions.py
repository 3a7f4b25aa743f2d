"""What the force sent, as it sent it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casework.material import rules
from casework.material.models.asking import Ask, Original
from casework.material.models.fields import WRITTEN_ONCE_GUARD, Kind, a_person
from casework.material.models.material import Material
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import with_its


class Version(models.Model):
    """What the force sent, as it sent it. The database refuses to change or remove it.

    Paragraphs are numbered from 1 in their order.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="version")
    author = models.CharField(max_length=120, help_text="Whose summary or statement it is")
    paragraphs = ArrayField(models.TextField())
    sha256 = models.CharField(max_length=64)
    supplied_by = a_person()
    supplied_at = models.DateTimeField()

    SEEN_BY = with_its("material")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-pk"]
        triggers = [WRITTEN_ONCE_GUARD]
        constraints = [
            models.UniqueConstraint(fields=["material", "kind", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=~Q(paragraphs=[]), name="a_version_has_paragraphs"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    def digest(self) -> str:
        """The hash of what stands here now; `sha256` is that of what was sent."""
        records = self.ask.records.values_list("file__name", "file__sha256")
        original = Original.objects.filter(ask=self.ask_id).values_list("file__name", "file__sha256").first()
        return rules.digest(
            author=self.author, paragraphs=self.paragraphs, records=records, original=original
        )
