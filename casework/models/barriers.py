"""What stands against removal."""

from django.db import models
from django.db.models import Q

from casework.models.case import Case
from nexus.accounts.models import User


class BarrierKind(models.TextChoices):
    TRAFFICKING = "trafficking", "Trafficking referral"
    CLAIM = "claim", "Asylum or human-rights claim"
    SUSPENSIVE_APPEAL = "suspensive_appeal", "Suspensive appeal"
    INJUNCTION = "injunction", "Injunction"
    PENDING_PROSECUTION = "pending_prosecution", "Pending prosecution"


# A positive or pending trafficking indicator stands until a Senior Caseworker records the outcome.
LIFTED_BY_A_SENIOR_CASEWORKER = frozenset({BarrierKind.TRAFFICKING})


class Barrier(models.Model):
    """Something that stands against removal until it is lifted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="barriers")
    kind = models.CharField(max_length=20, choices=BarrierKind.choices)
    since = models.DateField()
    details = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(lifted_at__isnull=True), name="one_open_barrier_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="a_lifted_barrier_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
