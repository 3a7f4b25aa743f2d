"""Cases that belong together."""

from django.db import models
from django.db.models import F, Q

from casework.models.case import Case
from nexus.accounts.models import User


class Relation(models.TextChoices):
    SAME_INCIDENT = "same_incident", "Part in the same incident"
    OFFENDED_TOGETHER = "offended_together", "Offended together"
    FAMILY = "family", "Family or household"
    OTHER = "other", "Other"


class RelatedCase(models.Model):
    """Two cases that belong together, and why. Either may be `case`: both pages show it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Relation.choices)
    reason = models.TextField()
    related_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    related_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-related_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(case__lt=F("other")), name="a_pair_of_cases_has_one_order"),
            models.UniqueConstraint(
                fields=["case", "other"], condition=Q(ended_at__isnull=True), name="related_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="an_ended_relation_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Related {self.pk}"
