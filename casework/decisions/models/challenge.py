"""Representations, an appeal or a judicial review against a decision."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from casework.decisions.models.decision import Decision
from casework.decisions.permissions import ChallengeQuerySet
from casework.decisions.states import CHALLENGE_MOVES, CHALLENGE_STATES, ChallengeState
from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import with_its
from referrals.duty_desk.models import PendingMatter


class ChallengeKind(models.TextChoices):
    REPRESENTATIONS = "representations", "Representations"
    APPEAL = "appeal", "Appeal"
    JUDICIAL_REVIEW = "judicial_review", "Judicial review"
    OTHER = "other", "Another challenge"


# What the Duty Desk watches as litigation.
LITIGATION = (ChallengeKind.APPEAL, ChallengeKind.JUDICIAL_REVIEW)


class Challenge(StateModel):
    """Representations, an appeal or a judicial review against one decision."""

    STATES = CHALLENGE_STATES
    MOVES = CHALLENGE_MOVES
    NOUN = "challenge"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="challenges")
    state = state_field(ChallengeState, ChallengeState.OPEN)
    kind = models.CharField(max_length=20, choices=ChallengeKind.choices)
    lodged_on = models.DateField()
    matter = models.ForeignKey(
        PendingMatter,
        on_delete=models.PROTECT,
        null=True,
        related_name="challenges",
        help_text="How the Duty Desk watches it",
    )
    court = models.CharField("court or tribunal", max_length=120, blank=True)
    court_reference = models.CharField(max_length=60, blank=True)
    lodged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    outcome_on = models.DateField(null=True)
    outcome_reasons = models.TextField(blank=True)
    concluded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    objects = ChallengeQuerySet.as_manager()

    SEEN_BY = with_its("decision")

    class Meta:
        ordering = ["-lodged_on", "-pk"]
        triggers = state_guards(CHALLENGE_MOVES.values(), initial=ChallengeState.OPEN)
        constraints = [
            state_check(ChallengeState, name="challenge_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.OPEN, concluded_at=None, concluded_by=None)
                | (
                    ~Q(state=ChallengeState.OPEN)
                    & Q(concluded_at__isnull=False, concluded_by__isnull=False, outcome_on__isnull=False)
                    & ~Q(outcome_reasons="")
                ),
                name="a_concluded_challenge_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.lodged_on:%d.%m.%Y}"

    def end(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.concluded_by, self.concluded_at = by, now
        self.outcome_on, self.outcome_reasons = outcome_on, reasons

    def dismiss(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    def allow(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    def withdraw(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    def remit(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)


class ChallengeChange(StateChange):
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("challenge")
