"""What somebody has written into the chronology of a case, or changed of what the record says."""

from django.db import models
from django.db.models import Q

from casework.models import Case
from nexus.accounts.models import User
from nexus.privileges import NEVER_DELETED
from nexus.row_security import with_its
from nexus.ui.formatting import date


class ChronologyLine(models.Model):
    """One line: of the record, where `key` names what it stands for (“conduct:7”), else written by hand.

    What it says stands instead of what the record would say; a line that is left out is kept.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="chronology")
    key = models.CharField(max_length=60, blank=True)
    on = models.DateField("date", null=True)
    on_words = models.CharField("date in words, where no day is known", max_length=60, blank=True)
    event = models.TextField("what happened")
    source = models.CharField("how it is known", max_length=200)
    left_out = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=~Q(key=""), name="one_line_of_the_chronology_a_fact"
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(event=""), name="a_line_of_the_chronology_has_its_source"
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=False) | ~Q(on_words=""), name="a_line_of_the_chronology_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"Line {self.pk}"

    @property
    def when(self) -> str:
        return self.on_words or date(self.on)
