"""What stands against removal."""

from django.db import models
from django.db.models import Q

from casework.models.case import Case
from casework.rules.trafficking import NrmOutcome
from casework.rules.words import written
from nexus.accounts.models import User
from nexus.row_security import with_its


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
    # What ended it: the decision about trafficking, or the court's order.
    outcome = models.CharField(max_length=25, choices=NrmOutcome.choices(), blank=True)
    ended_on = models.DateField("date of the decision or order", null=True)
    ended_reference = models.CharField("reference of the decision or order", max_length=100, blank=True)
    court = models.CharField(max_length=200, blank=True)
    carries_on = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="carried_on_by",
        help_text="The one that a positive decision left standing",
    )

    SEEN_BY = with_its("case")

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
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True)
                | ~Q(kind=BarrierKind.TRAFFICKING)
                | (Q(outcome__in=NrmOutcome.values(), ended_on__isnull=False) & ~Q(ended_reference="")),
                name="trafficking_ends_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True)
                | ~Q(kind=BarrierKind.INJUNCTION)
                | (Q(ended_on__isnull=False) & ~Q(ended_reference="") & ~Q(court="")),
                name="an_injunction_ends_by_an_order",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def positive(self) -> str:
        """The positive decision after which it still stands."""
        return self.carries_on.outcome if self.carries_on else ""

    @property
    def ended_by(self) -> str:
        """Conclusive grounds: negative, 3 May 2026, reference NRM-1"""
        if self.ended_on is None:
            return ""
        what = NrmOutcome(self.outcome).label if self.outcome else f"Order of {self.court}"
        return f"{what}, {written(self.ended_on)}, reference {self.ended_reference}"
