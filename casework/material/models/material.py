"""One piece of Nexus material, from the summary to service, and each move it made."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.material.models.fields import a_person
from casework.material.permissions import MaterialQuerySet
from casework.material.states import LOCKED, MOVES, STATES, State
from casework.models import Case
from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import with_its

if TYPE_CHECKING:
    from casework.material.models.approving import Approval


class Material(StateModel):
    """A summary asked of the force and the statement that may follow from it. `title` says what it is about."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "material"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="material")
    title = models.CharField(max_length=120, help_text="The force reads it")
    state = state_field(State, State.SUMMARY_REQUESTED)
    requested_by = a_person()
    requested_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    relevant = models.BooleanField(null=True)
    applicable = models.BooleanField(null=True)
    review_reasons = models.TextField(blank=True)
    reviewed_by = a_person(null=True)
    reviewed_at = models.DateTimeField(null=True)
    not_needed_because = models.TextField(blank=True)
    commissioned_by = a_person(null=True)
    commissioned_at = models.DateTimeField(null=True)
    override_reason = models.TextField(
        blank=True, help_text="Why a statement comes before a reviewed summary"
    )
    approval = models.OneToOneField("Approval", on_delete=models.PROTECT, null=True, related_name="+")
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=200, blank=True)
    served_by = a_person(null=True)
    served_at = models.DateTimeField(null=True)

    objects = MaterialQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["MaterialChange"]

    SEEN_BY = with_its("case")

    class Meta:
        verbose_name_plural = "material"
        ordering = ["-pk"]
        triggers = [
            *state_guards(MOVES.values(), initial=State.SUMMARY_REQUESTED),
            pgtrigger.Trigger(
                name="not_beside_no_statement",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="commissioned", old__state__df="commissioned"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM material_nostatement WHERE case_id = NEW.case_id AND withdrawn_at IS NULL
                    ) THEN RAISE EXCEPTION 'It is recorded that this case needs no statement.';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            state_check(State, name="material_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=LOCKED) | Q(approval__isnull=False),
                name="locked_material_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*LOCKED, State.SUPERSEDED]) | Q(approval__isnull=True),
                name="only_locked_material_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUMMARY_REVIEWED)
                | (
                    Q(relevant__isnull=False, applicable__isnull=False, reviewed_by__isnull=False)
                    & ~Q(review_reasons="")
                ),
                name="a_review_says_why",
            ),
            models.CheckConstraint(
                condition=Q(commissioned_by__isnull=True)
                | Q(reviewed_by__isnull=False, relevant=True, applicable=True)
                | ~Q(override_reason=""),
                name="a_statement_follows_a_reviewed_summary",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.NOT_NEEDED) | ~Q(not_needed_because=""), name="no_statement_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SERVED)
                | (Q(served_on__isnull=False, served_by__isnull=False) & ~Q(served_how="")),
                name="served_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Material {self.pk}"

    def review_summary(self, *, by: User, now: datetime, relevant: bool, applicable: bool, why: str) -> None:
        self.relevant, self.applicable, self.review_reasons = relevant, applicable, why
        self.reviewed_by, self.reviewed_at = by, now

    def need_no_statement(self, *, by: User, now: datetime, because: str) -> None:
        self.not_needed_because = because

    def withdraw_no_statement(self, *, by: User, now: datetime) -> None:
        """What was said of the summary no longer holds: it is reviewed again."""
        self.relevant = self.applicable = self.reviewed_by = self.reviewed_at = None
        self.review_reasons = self.not_needed_because = ""

    def commission(self, *, by: User, now: datetime, override_reason: str) -> None:
        self.commissioned_by, self.commissioned_at, self.override_reason = by, now, override_reason

    def reject(self, *, by: User, now: datetime) -> None:
        """What is wrong is on the new `Ask`. An approval stays with its own version."""
        self.approval = None

    def approve(self, *, by: User, now: datetime, approval: "Approval") -> None:
        self.approval = approval

    def serve(self, *, by: User, now: datetime, served_on: date, how: str) -> None:
        self.served_on, self.served_how, self.served_by, self.served_at = served_on, how, by, now


class MaterialChange(StateChange):
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("material")
