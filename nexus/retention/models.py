"""A review of one record, and what stays when the record is gone. Neither points to it: they outlive it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.privileges import WRITTEN_ONCE
from nexus.retention.permissions import ReviewQuerySet
from nexus.retention.states import MOVES, STATES, State
from nexus.row_security import OFFICE_ONLY, open_to_all, with_its


class Ground(models.TextChoices):
    """Why a record is erased."""

    PERIOD = "period", "Its period is over and nobody needs it"
    REQUEST = "request", "The person asked for it to be erased, and that was upheld"
    ORDER = "order", "A court or the Information Commissioner ordered it"
    MISTAKE = "mistake", "It should never have been recorded"


class Review(StateModel):
    """One record that has passed its period, or that somebody has opened a review of. Words in it name nobody."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "review"

    kind = models.CharField(max_length=20, help_text="A kind of record, see nexus/retention/kinds.py")
    record_id = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    retention = models.CharField(max_length=20, help_text="A class, see nexus/retention/classes.py")
    state = state_field(State, State.DUE)
    ended_on = models.DateField(
        null=True, help_text="Empty: the record was in use when its review was opened"
    )
    due_on = models.DateField(help_text="When its period was over, or the day until which it is kept")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    because = models.TextField(blank=True, help_text="Why it is to be erased")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["ReviewChange"]
        tombstone: "Tombstone"

    SEEN_BY = OFFICE_ONLY

    class Meta:
        indexes = [models.Index(fields=["state", "due_on", "id"], name="reviews_by_day")]
        triggers = [
            *state_guards(MOVES.values(), initial=State.DUE),
            pgtrigger.Protect(name="reviews_stay", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="one_review_a_record"),
            state_check(State, name="review_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PROPOSED, State.ERASED])
                | Q(proposed_by__isnull=False, proposed_at__isnull=False, ground__in=Ground.values)
                & ~Q(because=""),
                name="an_erasure_is_proposed_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ERASED, confirmed_by__isnull=False, confirmed_at__isnull=False)
                | (~Q(state=State.ERASED) & Q(confirmed_by__isnull=True, confirmed_at__isnull=True)),
                name="an_erasure_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="two_people_erase",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def keep(self, *, by: User, now: datetime, until: date) -> None:
        self.due_on = until

    def propose(self, *, by: User, now: datetime, ground: str, because: str) -> None:
        self.ground, self.because = ground, because
        self.proposed_by, self.proposed_at = by, now

    def erase(self, *, by: User, now: datetime) -> None:
        self.confirmed_by, self.confirmed_at = by, now


class ReviewChange(StateChange):
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="changes")

    SEEN_BY = with_its("review")


class Tombstone(models.Model):
    """What stays of an erased record: what it was called, codes and days that figures count, who erased it and why."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="tombstone")
    codes = models.JSONField(help_text="States, outcomes and days; nothing about a person")
    rows = models.JSONField(help_text="How many rows of each table went")
    files = models.PositiveIntegerField(help_text="How many uploaded files went")
    erased_at = models.DateTimeField()

    PRIVILEGES = WRITTEN_ONCE

    SEEN_BY = open_to_all("Numbers and codes of what was erased.")

    class Meta:
        triggers = [pgtrigger.Protect(name="tombstones_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Tombstone of {self.review}"
