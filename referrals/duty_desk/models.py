"""Questions put to the Duty Desk and what it said; what is pending; and who is on duty when."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django_fsm import transition

from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from referrals.duty_desk.permissions import EnquiryQuerySet, MatterQuerySet
from referrals.duty_desk.rules import Duty, Span
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


def written_once() -> pgtrigger.Trigger:
    """Notes are neither changed nor removed."""
    return pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)


class Enquiry(StateModel):
    """One question to the Duty Desk. `owner` is the officer who will answer; empty: whoever is on duty.

    `force` is who asks where a police force asks, otherwise the force it is about, if any. `asked_by` is
    the caller's account where they have one: they read the answer there.
    """

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

    @transition("state", *MOVES["answer"].ends)
    def answer(self, *, by: User, now: datetime, reply: str) -> None:
        self.reply, self.answered_by, self.answered_at = reply, by, now

    @transition("state", *MOVES["reopen"].ends)
    def reopen(self, *, by: User, now: datetime) -> None:
        """The earlier answer stays until a new one is given; the changes keep both."""


class EnquiryChange(StateChange):
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="changes")


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


class MatterKind(models.TextChoices):
    CRIMINAL = "criminal", "Criminal proceedings"
    APPEAL = "appeal", "Appeal"


class PendingMatter(models.Model):
    """A hearing or a decision elsewhere that a referral waits for, and what the desk last found out.

    `next_on` is the next hearing, or the day to ask again; empty: nobody knows. `looked_at` is the last
    check, or until the first one when the matter was listed. Earlier results stand in the audit record.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pending_matters")
    kind = models.CharField(max_length=10, choices=MatterKind.choices)
    what = models.TextField()
    court = models.CharField("court or tribunal", max_length=120, blank=True)
    next_on = models.DateField("next hearing or check", null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.TextField(blank=True)
    changes = models.TextField("what it changes", blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["looked_at", "pk"]
        indexes = [
            models.Index(fields=["looked_at"], condition=Q(ended_at=None), name="matter_unchecked"),
            models.Index(fields=["next_on"], condition=Q(ended_at=None), name="matter_next"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="a_matter_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(what=""), name="a_matter_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(checked_by=None, result="") | (Q(checked_by__isnull=False) & ~Q(result="")),
                name="a_check_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(next_on=None, checked_by__isnull=False),
                name="a_matter_that_is_over_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"Matter {self.pk}"


def one_at_a_time(duty: Duty) -> ExclusionConstraint:
    """Nobody shares a duty. One constraint a duty: they need no extension of the database that way."""
    during = Func(F("starts_at"), F("ends_at"), function="TSTZRANGE", output_field=DateTimeRangeField())
    return ExclusionConstraint(
        name=f"one_at_a_time_{duty.value}",
        expressions=[(during, RangeOperators.OVERLAPS)],
        condition=Q(duty=duty, cancelled_at=None),
    )


class Shift(models.Model):
    """One person holds one duty from one moment to another. Cancelled shifts stay, and count for nothing."""

    duty = models.CharField(max_length=10, choices=Duty.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_at", "duty"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="shift_when")]
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="a_duty_is_known"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="a_shift_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="a_cancelled_shift_says_by_whom_and_why",
            ),
            *(one_at_a_time(duty) for duty in Duty),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.person}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


class HandoverNote(models.Model):
    """What the next person on duty must know of a day."""

    day = models.DateField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["day"], name="handover_day")]
        triggers = [written_once()]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_handover_says_something")]

    def __str__(self) -> str:
        return f"Handover of {self.day}"
