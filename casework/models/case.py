"""The case itself: its stages, whose it is, and its route."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from casework.permissions import CaseQuerySet
from casework.states import MOVES, STATES, WORKED, State
from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.privileges import WRITTEN_ONCE, only_changes
from nexus.row_security import with_its
from referrals.models import Referral
from referrals.rules.terms import Route


class CaseOutcome(models.TextChoices):
    REMOVED = "removed", "Removed"
    DEPORTED = "deported", "Deported"
    LEFT_VOLUNTARILY = "left_voluntarily", "Left voluntarily"
    REFUSED_BY_TRIBUNAL = "refused_by_tribunal", "Appeal allowed by the tribunal"
    NOT_PURSUED = "not_pursued", "Not pursued"
    REVOKED = "revoked", "Decision revoked"
    OTHER = "other", "Other"


# Outcomes in which the person was made to leave: an open barrier stands against them.
ENFORCED = (CaseOutcome.REMOVED, CaseOutcome.DEPORTED)


NOT_CLOSED = ~Q(state=State.CLOSED)


class Case(StateModel):
    """An accepted referral's case. `case_owner` is the named person at work on it."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "case"

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="case")
    state = state_field(State, State.OPEN)
    route = models.CharField(max_length=25, choices=Route.choices())
    opened_at = models.DateTimeField()
    case_owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="cases")
    next_action = models.CharField(max_length=200)
    next_action_on = models.DateField()
    next_action_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: the manager"
    )
    last_progress_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=CaseOutcome.choices, blank=True)
    outcome_on = models.DateField(null=True)
    outcome_reasons = models.TextField(blank=True, help_text="The force reads these")
    outcome_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["CaseChange"]

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["next_action_on", "pk"]
        triggers = state_guards(MOVES.values(), initial=State.OPEN)
        indexes = [
            models.Index(fields=["case_owner", "state"], name="case_owner_state"),
            # The lists of cases that are not closed: ordered, and told which stand still, by the index alone.
            models.Index(
                fields=["next_action_on", "id"],
                include=["state", "last_progress_at"],
                condition=NOT_CLOSED,
                name="cases_by_next_action",
            ),
            models.Index(fields=["case_owner"], condition=NOT_CLOSED, name="open_cases_of_owner"),
            models.Index(fields=["next_action_by"], condition=NOT_CLOSED, name="open_cases_waiting_for"),
        ]
        constraints = [
            state_check(State, name="case_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=WORKED) | Q(case_owner__isnull=False), name="work_has_a_name"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=[State.OUTCOME, State.CLOSED],
                        outcome_on__isnull=False,
                        outcome_at__isnull=False,
                    )
                    & Q(outcome_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(outcome_reasons="")
                )
                | (~Q(state__in=[State.OUTCOME, State.CLOSED]) & Q(outcome="", outcome_at__isnull=True)),
                name="an_outcome_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="closed_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.referral.reference

    def assign(self, *, by: User, now: datetime, case_owner: User) -> None:
        self.case_owner = self.next_action_by = case_owner

    def record_outcome(
        self, *, by: User, now: datetime, outcome: str, outcome_on: date, outcome_reasons: str
    ) -> None:
        self.outcome, self.outcome_on, self.outcome_reasons = outcome, outcome_on, outcome_reasons
        self.outcome_by, self.outcome_at = by, now

    def close(self, *, by: User, now: datetime) -> None:
        self.closed_by, self.closed_at = by, now


class CaseChange(StateChange):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("case")


class Assignment(models.Model):
    """One spell of one case-owner. The open one is the case's owner."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    case_owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("case")
    PRIVILEGES = only_changes("ended_at")

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_case_owner_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class RouteChange(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="route_changes")
    from_route = models.CharField(max_length=25, choices=Route.choices())
    to_route = models.CharField(max_length=25, choices=Route.choices())
    reason = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SEEN_BY = with_its("case")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_from_route_display()} to {self.get_to_route_display()}"
