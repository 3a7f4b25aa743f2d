"""What is pending elsewhere for a referral, and what the desk has found out."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from referrals.duty_desk.permissions import MatterQuerySet
from referrals.models import Referral


class MatterKind(models.TextChoices):
    CRIMINAL = "criminal", "Criminal proceedings"
    APPEAL = "appeal", "Appeal"


class PendingMatter(models.Model):
    """A hearing or a decision elsewhere that a referral waits for, and what the desk last found out.

    `next_on` is the next hearing, or the day to ask again; empty: nobody knows. `looked_at` is the last
    check, or until the first one when the matter was listed. Earlier results stand in the audit record.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pending_matters")
    kind = models.CharField(max_length=10, choices=MatterKind.choices)
    what = models.TextField()
    court = models.CharField("court or tribunal", max_length=120, blank=True)
    next_on = models.DateField("next hearing or check", null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.TextField(blank=True)
    changes = models.TextField("what it changes", blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["looked_at", "pk"]
        indexes = [
            models.Index(fields=["looked_at"], condition=Q(ended_at=None), name="matter_unchecked"),
            models.Index(fields=["next_on"], condition=Q(ended_at=None), name="matter_next"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="a_matter_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(what=""), name="a_matter_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(checked_by=None, result="") | (Q(checked_by__isnull=False) & ~Q(result="")),
                name="a_check_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(next_on=None, checked_by__isnull=False),
                name="a_matter_that_is_over_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"Matter {self.pk}"
