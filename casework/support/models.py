"""What is asked of a police force to support a case, how it answered, and what was said on the way."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.engagement.models import Engagement
from casework.material.models import Material
from casework.support.permissions import SupportQuerySet
from casework.support.rules import TOUCHES_THE_PERSON, Commitment, DeclineReason, Kind, commitment_of
from casework.support.states import ANSWERED, MOVES, REACHED_THE_FORCE, STATES, State
from nexus.accounts.models import Force, User
from nexus.documents.models import Marking, StoredFile
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import SeenBy, with_its
from nexus.ui import formatting
from referrals.models import Referral
from referrals.models.identity import NOT_KNOWN, Identity

AUTHORITY_LENGTH = 200
WORDS_THAT_STAY = (
    "kind",
    "asked",
    "why",
    "due_on",
    "subject_name",
    "subject_born",
    "force_id",
    "referral_id",
)


def changed(column: str) -> pgtrigger.Q:
    return pgtrigger.Q(**{f"old__{column}__df": pgtrigger.F(f"new__{column}")})


def any_changed(columns: tuple[str, ...]) -> pgtrigger.Q:
    found = changed(columns[0])
    for column in columns[1:]:
        found |= changed(column)
    return found


class SupportRequest(StateModel):
    """One thing asked of one force by one day.

    With a `referral` its subject is flagged and the force has committed itself; without one it is value added
    activity, and holds the little that Criminal Casework says of its own subject.
    """

    STATES = STATES
    MOVES = MOVES
    NOUN = "request"

    state = state_field(State, State.DRAFT)
    kind = models.CharField(max_length=15, choices=Kind.choices())
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="support_requests")
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        null=True,
        related_name="support_requests",
        help_text="Empty: value added activity",
    )
    from_criminal_casework = models.BooleanField("asked by Criminal Casework")
    own_reference = models.CharField("the asker's own reference", max_length=40, blank=True)
    subject_name = models.CharField(max_length=120, blank=True, help_text="Value added activity only")
    subject_born = models.DateField("date of birth", null=True, help_text="Value added activity only")
    asked = models.TextField("what is asked")
    why = models.TextField("why it is asked")
    due_on = models.DateField("needed by")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="support_asked")
    asked_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    passed_on_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True)
    answer = models.TextField("what the force said", blank=True)
    decline_reason = models.CharField(max_length=10, choices=DeclineReason.choices(), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    done = models.TextField("what the force did", blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    operation = models.ForeignKey(
        Engagement,
        on_delete=models.PROTECT,
        null=True,
        related_name="support_requests",
        help_text="The authorised operation in which it was done",
    )
    authority = models.CharField(
        "who authorised it",
        max_length=AUTHORITY_LENGTH,
        blank=True,
        help_text="Where Criminal Casework asked, and no operation of Nexus High Harm stands behind it",
    )
    material = models.OneToOneField(
        Material,
        on_delete=models.PROTECT,
        null=True,
        related_name="support_request",
        help_text="The Nexus material as which accepted intelligence is asked for, checked and approved",
    )
    # When the force was reminded, and when those concerned were told that the day has passed.
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    objects = SupportQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["SupportChange"]

    SEEN_BY = SeenBy(force="force", its=("referral",), shows=("referral",))

    class Meta:
        verbose_name = "support request"
        ordering = ["due_on", "pk"]
        triggers = [
            *state_guards(MOVES.values(), initial=State.DRAFT),
            pgtrigger.Protect(
                name="what_is_asked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=State.DRAFT) & any_changed(WORDS_THAT_STAY),
            ),
        ]
        indexes = [models.Index(fields=["force", "state", "due_on"], name="support_of_a_force")]
        constraints = [
            state_check(State, name="support_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values()), name="support_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(asked="") & ~Q(why=""), name="a_request_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(referral__isnull=False, subject_name="", subject_born__isnull=True)
                | (
                    Q(referral__isnull=True, subject_born__isnull=False, from_criminal_casework=True)
                    & ~Q(subject_name="")
                    & ~Q(own_reference="")
                ),
                name="value_added_activity_names_its_subject",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=REACHED_THE_FORCE)
                | Q(passed_on_by__isnull=False, passed_on_at__isnull=False, submitted_at__isnull=False),
                name="what_the_force_has_was_passed_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="the_forces_answer_has_words_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DECLINED, decline_reason__in=DeclineReason.values())
                | (~Q(state=State.DECLINED) & Q(decline_reason="")),
                name="only_a_declined_request_says_why",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.FULFILLED, done_on__isnull=False, done_by__isnull=False) & ~Q(done="")
                )
                | (~Q(state=State.FULFILLED) & Q(done_on__isnull=True, done_by__isnull=True, done="")),
                name="a_fulfilled_request_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FULFILLED) | Q(operation__isnull=True, authority=""),
                name="only_what_was_done_names_its_authority",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FULFILLED, kind__in=TOUCHES_THE_PERSON)
                | Q(operation__isnull=False)
                | (Q(from_criminal_casework=True) & ~Q(authority="")),
                name="what_touches_the_person_was_authorised",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.INTELLIGENCE) | Q(referral__isnull=False),
                name="intelligence_is_about_a_flagged_subject",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.INTELLIGENCE, state__in=[State.ACCEPTED, State.FULFILLED])
                | Q(material__isnull=False),
                name="accepted_intelligence_is_nexus_material",
            ),
        ]

    def __str__(self) -> str:
        return f"Support request {self.pk}"

    @property
    def commitment(self) -> Commitment:
        return commitment_of(self.kind, has_referral=self.referral_id is not None)

    @property
    def is_value_added(self) -> bool:
        return self.referral_id is None

    @property
    def touches_the_person(self) -> bool:
        """Whether officers do something to the person on it, which somebody authorises first."""
        return self.kind in TOUCHES_THE_PERSON

    @property
    def is_intelligence(self) -> bool:
        """Whether what is asked may be disclosed in the end: the force gives it as Nexus material and in no other way."""
        return self.kind == Kind.INTELLIGENCE

    @property
    def subject(self) -> str:
        return self.referral.subject_name if self.referral else self.subject_name

    @property
    def identity(self) -> Identity:
        """Who the subject is, told from others of the name. Lists prefetch `referral__nationalities`."""
        if self.referral:
            return self.referral.identity
        born = formatting.date(self.subject_born) if self.subject_born else NOT_KNOWN
        return Identity(self.subject_name, self.own_reference, born, "value added activity")

    @property
    def asking(self) -> str:
        """Who asks, as the force knows them."""
        return "Criminal Casework" if self.from_criminal_casework else "Nexus High Harm"

    def submit(self, *, by: User, now: datetime) -> None:
        self.submitted_at = now

    def pass_on(self, *, by: User, now: datetime) -> None:
        self.passed_on_by, self.passed_on_at = by, now

    def accept(self, *, by: User, now: datetime, answer: str, material: Material | None) -> None:
        self.answer, self.answered_by, self.answered_at = answer, by, now
        self.material = material

    def decline(self, *, by: User, now: datetime, answer: str, decline_reason: str) -> None:
        self.answer, self.answered_by, self.answered_at = answer, by, now
        self.decline_reason = decline_reason

    def fulfil(
        self,
        *,
        by: User,
        now: datetime,
        what: str,
        done_on: date,
        operation: Engagement | None,
        authority: str,
    ) -> None:
        self.done, self.done_on, self.done_by = what, done_on, by
        self.operation, self.authority = operation, authority


class SupportChange(StateChange):
    support_request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("support_request")


class SupportMessage(models.Model):
    """One thing said between the force and the case-owner; whoever sees the request reads it."""

    support_request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="support_message"
    )
    marking = models.CharField(max_length=20, choices=Marking.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    SEEN_BY = with_its("support_request", shows=("file",))
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_support_message_says_something"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, marking="") | (Q(file__isnull=False) & ~Q(marking="")),
                name="a_support_document_is_marked",
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
