"""A person's request for access to what is held on them, the records it is about, and what was decided of each text."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.privileges import WRITTEN_ONCE
from nexus.rights.permissions import RequestQuerySet
from nexus.rights.states import MOVES, STATES, State
from nexus.row_security import OFFICE_ONLY, with_its


class AccessRequest(StateModel):
    """One request. `due_on` is the last day of the month the law gives (`nexus.law`, “subject_access”)."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "access request"

    state = state_field(State, State.RECEIVED)
    name = models.CharField("name of the person", max_length=200)
    born_on = models.DateField("date of birth", null=True)
    contact = models.CharField("how to reach them", max_length=200)
    identity = models.TextField("how it is known that it is they")
    received_on = models.DateField()
    due_on = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["AccessChange"]
        records: Any
        decisions: Any

    SEEN_BY = OFFICE_ONLY

    class Meta:
        indexes = [models.Index(fields=["state", "due_on", "id"], name="access_by_day")]
        triggers = state_guards(MOVES.values(), initial=State.RECEIVED)
        constraints = [
            state_check(State, name="access_state_is_known"),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="access_has_time"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, ended_by__isnull=True, ended_at__isnull=True)
                | (~Q(state=State.RECEIVED) & Q(ended_by__isnull=False, ended_at__isnull=False)),
                name="access_ends_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Access request {self.pk}"

    def answer(self, *, by: User, now: datetime) -> None:
        self.ended_by, self.ended_at = by, now

    def refuse(self, *, by: User, now: datetime) -> None:
        self.ended_by, self.ended_at = by, now


class AccessChange(StateChange):
    access_request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="changes")

    SEEN_BY = with_its("access_request")


class AccessRecord(models.Model):
    """One record of the person: a kind and an id, because it may be erased before the request is forgotten."""

    access_request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    reference = models.CharField(max_length=60)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    PRIVILEGES = WRITTEN_ONCE
    SEEN_BY = with_its("access_request")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["access_request", "kind", "record_id"], name="a_record_once_a_request"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Withheld(models.TextChoices):
    """Why something is not disclosed. Under which exemption is for whoever decides, and stands in the reasons."""

    DISCLOSED = "disclosed", "Disclose it"
    OTHERS = "others", "Withhold it: it is about somebody else"
    LEGAL = "legal", "Withhold it: legal advice"
    WORK = "work", "Withhold it: disclosing it would prejudice the work"


class AccessDecision(models.Model):
    """What a person decided of one text or file, written once."""

    access_request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="decisions")
    item = models.CharField(max_length=120, help_text="Table, row and field")
    outcome = models.CharField(max_length=10, choices=Withheld.choices)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    PRIVILEGES = WRITTEN_ONCE
    SEEN_BY = with_its("access_request")

    class Meta:
        triggers = [pgtrigger.Protect(name="decided_once", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["access_request", "item"], name="an_item_is_decided_once"),
            models.CheckConstraint(condition=Q(outcome__in=Withheld.values), name="access_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return self.item
