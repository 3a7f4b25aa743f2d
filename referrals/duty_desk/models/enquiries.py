"""Questions put to the Duty Desk and what it said."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import of_force, with_its
from referrals.duty_desk.permissions import EnquiryQuerySet
from referrals.duty_desk.states import MOVES, STATES, State
from referrals.models import Referral


class Asker(models.TextChoices):
    """Who asks. "Both Immigration Compliance and Enforcement (ICE) teams and Immigration Enforcement Command and Control
    Unit (CCU) will contact the Referrals Office should they encounter Nexus High Harm cases." (guidance p. 6)"""

    FORCE = "force", "A police force"
    ICE = "ice", "Immigration Compliance and Enforcement team"
    CCU = "ccu", "Command and Control Unit"
    CUSTODY = "custody", "Custody immigration officer"
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework"
    OTHER = "other", "Somebody else"


def written_once() -> pgtrigger.Trigger:
    """Notes are neither changed nor removed."""
    return pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)


class Enquiry(StateModel):
    """One question to the Duty Desk. `owner` is the officer who will answer; empty: whoever is on duty.

    `force` is who asks where a police force asks, otherwise the force it is about, if any. `asked_by` is
    the caller's account where they have one: they read the answer there.
    """

    STATES = STATES
    MOVES = MOVES
    NOUN = "enquiry"

    state = state_field(State, State.OPEN)
    asker = models.CharField("who asks", max_length=20, choices=Asker.choices)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="enquiries")
    caller = models.CharField("name of the caller", max_length=120)
    contact = models.CharField("how to reach them", max_length=120, blank=True)
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="enquiries_asked")
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="enquiries_owned")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="enquiries")
    reply = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    idempotency_key = models.UUIDField(null=True)

    objects = EnquiryQuerySet.as_manager()

    SEEN_BY = of_force()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["-logged_at", "-pk"]
        triggers = state_guards(MOVES.values(), initial=State.OPEN)
        indexes = [models.Index(fields=["state", "logged_at"], name="enquiry_desk")]
        constraints = [
            state_check(State, name="enquiry_state_is_known"),
            models.CheckConstraint(condition=~Q(question=""), name="an_enquiry_asks_something"),
            models.CheckConstraint(
                condition=~Q(asker=Asker.FORCE) | Q(force__isnull=False), name="a_force_asking_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reply="")),
                name="an_answered_enquiry_says_by_whom",
            ),
            models.UniqueConstraint(fields=["logged_by", "idempotency_key"], name="one_enquiry_a_key"),
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"

    @property
    def asking(self) -> str:
        """Who asks, by the name of the force where one does."""
        return self.force.name if self.asker == Asker.FORCE and self.force else self.get_asker_display()

    def answer(self, *, by: User, now: datetime, reply: str) -> None:
        self.reply, self.answered_by, self.answered_at = reply, by, now


class EnquiryChange(StateChange):
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("enquiry")


class EnquiryNote(models.Model):
    """What the desk writes on an enquiry for itself; who asked does not see it.

    `to` is the officer it was handed to with these words, `referral` the one it was linked to.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(blank=True)
    to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    SEEN_BY = with_its("enquiry")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["at", "pk"]
        triggers = [written_once()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(to__isnull=False) | Q(referral__isnull=False),
                name="an_enquiry_note_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"Note on {self.enquiry_id}"
