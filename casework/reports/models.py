"""A force's progress report for a period, and its lines. Rows are the truth, messages are hints."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casework.reports.periods import Period
from casework.reports.permissions import ReportQuerySet
from casework.reports.states import MOVES, RELEASED, STATES, State
from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, state_check, state_field, state_guards
from nexus.leases import LeasedModel, lease_check
from nexus.row_security import OFFICE_ONLY, of_force, open_to_all, with_its
from referrals.models import Referral


class ProgressReport(LeasedModel):
    """One force, one period (both dates included)."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "report"
    WAITING, WORKING, WAITS_SINCE = State.SCHEDULED, State.BUILDING, "requested_at"
    is_new = False  # True on what `actions.request` has just made, not on what was there

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="progress_reports")
    period_from = models.DateField()
    period_to = models.DateField()
    state = state_field(State, State.SCHEDULED)
    requested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: the schedule"
    )
    requested_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)
    totals = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    disclosure_check = models.TextField(blank=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["ReportChange"]

    SEEN_BY = of_force()

    class Meta:
        ordering = ["-period_to", "force__code"]
        triggers = [
            *state_guards(MOVES.values(), initial=State.SCHEDULED),
            # What the force was given stays what the force was given.
            pgtrigger.Protect(
                name="released_totals_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=RELEASED, old__totals__df=pgtrigger.F("new__totals")),
            ),
        ]
        constraints = [
            state_check(State, name="report_state_is_known"),
            models.UniqueConstraint(fields=["force", "period_from", "period_to"], name="one_report_a_period"),
            models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="period_runs_forward"),
            lease_check(State.BUILDING, name="building_has_a_lease"),
            models.CheckConstraint(
                condition=~Q(state__in=RELEASED)
                | (Q(released_by__isnull=False, released_at__isnull=False) & ~Q(disclosure_check="")),
                name="released_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.ACKNOWLEDGED, acknowledged_by__isnull=False, acknowledged_at__isnull=False
                )
                | (
                    ~Q(state=State.ACKNOWLEDGED)
                    & Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                ),
                name="acknowledged_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    @property
    def period(self) -> Period:
        return Period(self.period_from, self.period_to)

    @property
    def built_before_its_month_ended(self) -> bool:
        """A month's report asked for on the month's last day, while that day still ran."""
        return self.period.is_a_month and self.built_at is not None and self.built_at < self.period.end

    def finish(self, *, by: None, now: datetime, totals: dict[str, int]) -> None:
        self.totals, self.built_at, self.failure = totals, now, ""

    def requeue(self, *, by: User | None, now: datetime) -> None:
        if by is not None:  # asked by a person, not by a worker that failed: the count starts again
            self.attempts = 0

    def park(self, *, by: None, now: datetime, failure: str) -> None:
        self.failure = failure

    def release(self, *, by: User, now: datetime, disclosure_check: str) -> None:
        self.released_by, self.released_at, self.disclosure_check = by, now, disclosure_check

    def acknowledge(self, *, by: User, now: datetime) -> None:
        self.acknowledged_by, self.acknowledged_at = by, now


class ReportChange(StateChange):
    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("report")


class ReportLine(models.Model):
    """What one report says of one referral, frozen when it was built. Shared facts only."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="lines")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=60)
    last_action_on = models.DateField()
    made_in_period = models.BooleanField()
    decided_in_period = models.BooleanField()
    accepted_in_period = models.BooleanField()
    flagged_in_period = models.BooleanField()
    allocated_in_period = models.BooleanField()
    outcome = models.CharField(max_length=80, blank=True)
    reasons = models.TextField(blank=True)
    asked_of_force = models.TextField(blank=True)
    progress = models.JSONField(default=list, help_text="Shared progress in the period: [{on, text}]")

    SEEN_BY = with_its("report")

    class Meta:
        ordering = ["referral__reference"]
        constraints = [models.UniqueConstraint(fields=["report", "referral"], name="one_line_a_referral")]
        triggers = [
            pgtrigger.Trigger(
                name="released_lines_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF EXISTS (SELECT 1 FROM reports_progressreport WHERE"
                    " id IN (NEW.report_id, OLD.report_id) AND state IN ('released', 'acknowledged'))"
                    " THEN RAISE EXCEPTION 'The lines of a released report stay as they are'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Line {self.pk}"

    @property
    def dated_progress(self) -> list[tuple[date, str]]:
        """The progress as days and words."""
        return [(date.fromisoformat(entry["on"]), entry["text"]) for entry in self.progress]


class Figure(models.Model):
    """How many of the referrals that a force made in a month are, or were, what `what` says; no force: of all forces.

    `what` is a name of `casework/reports/funnel.py`; of a spell in a stage it says besides how many working days.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    month = models.DateField(help_text="Its first day")
    what = models.CharField(max_length=80)
    days = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField()

    SEEN_BY = OFFICE_ONLY

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["force", "month", "what", "days"], nulls_distinct=False, name="one_figure_a_month"
            )
        ]
        indexes = [
            models.Index(
                fields=["force", "month"],
                condition=Q(what="step made"),
                include=["number"],
                name="figure_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.what}: {self.number}"


class FigureDue(models.Model):
    """A force's month whose figures have to be counted again. PostgreSQL writes it with every move
    (casework/reports/sql.py)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day", db_index=True)

    SEEN_BY = open_to_all("Months and numbers of forces.")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
