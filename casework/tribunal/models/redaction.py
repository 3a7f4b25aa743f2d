"""Words of a case that must not be read in anything that goes to the tribunal."""

from django.db import models
from django.db.models import F, Q

from casework.models import Case
from casework.tribunal.permissions import OfCase
from casework.tribunal.rules import Because
from nexus.accounts.models import User
from nexus.privileges import only_changes
from nexus.row_security import with_its


class Redaction(models.Model):
    """Some words, why they are redacted, who marked them, and the second reader who confirmed it.

    It holds for every document of the case, however the words are written there. The list of redactions stands with
    the material; the bundle never has it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="redactions")
    passage = models.CharField("the words", max_length=200)
    because = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Because])
    found_in = models.CharField("where they were marked", max_length=200)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    objects = OfCase.as_manager()

    SEEN_BY = with_its("case")
    PRIVILEGES = only_changes(
        "confirmed_by", "confirmed_at", "withdrawn_by", "withdrawn_at", "withdrawn_because"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(because__in=[each.value for each in Because]), name="redaction_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("marked_by"))),
                name="a_second_reader_confirms",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="a_withdrawn_redaction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Redaction {self.pk}"
