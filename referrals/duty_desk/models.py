"""Questions put to the Duty Desk, and what it said."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django_fsm import transition

from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from referrals.duty_desk.permissions import EnquiryQuerySet
from referrals.duty_desk.states import MOVES, State
from referrals.models import Referral


class Asker(models.TextChoices):
    """Who asks. "ICE, CCU and custody staff … will consult the Duty Desk" (guidance p. 9)."""

    FORCE = "force", "A police force"
    ICE = "ice", "Immigration Compliance and Enforcement team"
    CCU = "ccu", "Command and Control Unit"
    CUSTODY = "custody", "Custody immigration officer"
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework"
    OTHER = "other", "Somebody else"


class Enquiry(StateModel):
    """One question to the Duty Desk. `owner` is the officer who will answer; empty: whoever is on duty."""

    MOVES = MOVES
    NOUN = "enquiry"

    state = state_field(State, State.OPEN)
    asker = models.CharField("who asks", max_length=20, choices=Asker.choices)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="enquiries")
    caller = models.CharField("name of the caller", max_length=120)
    contact = models.CharField("how to reach them", max_length=120, blank=True)
    question = models.TextField()
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="enquiries_owned")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="enquiries")
    reply = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = EnquiryQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["EnquiryChange"]

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
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"

    @transition("state", *MOVES["answer"].ends)
    def answer(self, *, by: User, now: datetime, reply: str) -> None:
        self.reply, self.answered_by, self.answered_at = reply, by, now

    @transition("state", *MOVES["reopen"].ends)
    def reopen(self, *, by: User, now: datetime) -> None:
        """The earlier answer stays until a new one is given; the changes keep both."""


class EnquiryChange(StateChange):
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="changes")
