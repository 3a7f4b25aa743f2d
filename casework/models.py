"""One case, from allocation to outcome."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from casework.permissions import CaseQuerySet
from casework.states import MOVES, WORKED, State
from nexus.accounts.models import User
from nexus.documents.models import Marking, StoredFile
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
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


class Case(StateModel):
    """An accepted referral's case. `case_owner` is the named person at work on it."""

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

    class Meta:
        ordering = ["next_action_on", "pk"]
        triggers = state_guards(MOVES.values(), initial=State.OPEN)
        indexes = [models.Index(fields=["case_owner", "state"], name="case_owner_state")]
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

    @transition("state", *MOVES["allocate"].ends)
    def allocate(self, *, by: User, now: datetime) -> None:
        """The allocation itself is `referrals.Allocation`."""

    @transition("state", *MOVES["assign"].ends)
    def assign(self, *, by: User, now: datetime, case_owner: User) -> None:
        self.case_owner = self.next_action_by = case_owner

    @transition("state", *MOVES["gather_evidence"].ends)
    def gather_evidence(self, *, by: User, now: datetime) -> None:
        """What was asked for is on the progress event."""

    @transition("state", *MOVES["draft"].ends)
    def draft(self, *, by: User, now: datetime) -> None:
        """The draft is a `decisions.Decision`, as are the moves below."""

    @transition("state", *MOVES["review"].ends)
    def review(self, *, by: User, now: datetime) -> None:
        """Who reviewed it and why is on the decision."""

    @transition("state", *MOVES["redraft"].ends)
    def redraft(self, *, by: User, now: datetime) -> None:
        """The review no longer holds: the draft changes."""

    @transition("state", *MOVES["decide"].ends)
    def decide(self, *, by: User, now: datetime) -> None:
        """What was decided and why is on the decision."""

    @transition("state", *MOVES["serve"].ends)
    def serve(self, *, by: User, now: datetime) -> None:
        """How, when and on whom is on the decision."""

    @transition("state", *MOVES["challenge"].ends)
    def challenge(self, *, by: User, now: datetime) -> None:
        """The appeal or review is a `decisions.Challenge`."""

    @transition("state", *MOVES["uphold"].ends)
    def uphold(self, *, by: User, now: datetime) -> None:
        """What the tribunal or court decided is on the challenge."""

    @transition("state", *MOVES["reconsider"].ends)
    def reconsider(self, *, by: User, now: datetime) -> None:
        """Why is on the decision that no longer stands."""

    @transition("state", *MOVES["record_outcome"].ends)
    def record_outcome(
        self, *, by: User, now: datetime, outcome: str, outcome_on: date, outcome_reasons: str
    ) -> None:
        self.outcome, self.outcome_on, self.outcome_reasons = outcome, outcome_on, outcome_reasons
        self.outcome_by, self.outcome_at = by, now

    @transition("state", *MOVES["close"].ends)
    def close(self, *, by: User, now: datetime) -> None:
        self.closed_by, self.closed_at = by, now


class CaseChange(StateChange):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")


class Assignment(models.Model):
    """One spell of one case-owner. The open one is the case's owner."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    case_owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_case_owner_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class ProgressKind(models.TextChoices):
    """What can happen to a case. Those that move it are in `MOVED_BY`; people write only those in `WRITTEN`."""

    EVIDENCE = "evidence", "Evidence gathering began"
    DECISION = "decision", "A decision was made"
    SERVICE = "service", "The decision was served"
    CHALLENGE = "challenge", "An appeal or judicial review was lodged"
    DISMISSAL = "dismissal", "The challenge was dismissed and the decision stands"
    RECONSIDERATION = "reconsideration", "The decision is to be made afresh"
    CONTACT = "contact", "Contact with police or a partner"
    OTHER = "other", "Other progress"


# Kinds of progress that move the case, and the verb that moves it.
MOVED_BY: dict[str, str] = {
    ProgressKind.EVIDENCE: "gather_evidence",
    ProgressKind.DECISION: "decide",
    ProgressKind.SERVICE: "serve",
    ProgressKind.CHALLENGE: "challenge",
    ProgressKind.DISMISSAL: "uphold",
    ProgressKind.RECONSIDERATION: "reconsider",
}
# What people record by itself. The others come with what is done to a decision.
WRITTEN = (ProgressKind.EVIDENCE, ProgressKind.CONTACT, ProgressKind.OTHER)


class ProgressEvent(models.Model):
    """Something that happened, told to the force or not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="progress")
    kind = models.CharField(max_length=20, choices=ProgressKind.choices)
    happened_on = models.DateField()
    text = models.TextField("what happened")
    shared_with_force = models.BooleanField("the force may see this")
    asked_of_force = models.TextField("what is asked of the force", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_of_force="") | Q(shared_with_force=True),
                name="what_is_asked_of_the_force_is_shared",
            )
        ]

    def __str__(self) -> str:
        return f"Progress {self.pk}"


class CaseNote(models.Model):
    """A working note. Never shown to the force."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class CaseTask(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_tasks")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    remind_on = models.DateField(null=True)
    # When its owner was reminded, and when they were told that the day has passed.
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(remind_on__isnull=True) | Q(remind_on__lte=F("due_on")),
                name="reminded_before_the_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.pk}"


class CaseDocument(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="case_document")
    description = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    disclosable = models.BooleanField("may be disclosed")
    text = models.TextField(blank=True, help_text="What a text file says, to be searched")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Document {self.pk}"


class BarrierKind(models.TextChoices):
    TRAFFICKING = "trafficking", "Trafficking referral"
    CLAIM = "claim", "Asylum or human-rights claim"
    SUSPENSIVE_APPEAL = "suspensive_appeal", "Suspensive appeal"
    INJUNCTION = "injunction", "Injunction"
    PENDING_PROSECUTION = "pending_prosecution", "Pending prosecution"


class Barrier(models.Model):
    """Something that stands against removal until it is lifted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="barriers")
    kind = models.CharField(max_length=20, choices=BarrierKind.choices)
    since = models.DateField()
    details = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(lifted_at__isnull=True), name="one_open_barrier_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="a_lifted_barrier_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class RouteChange(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="route_changes")
    from_route = models.CharField(max_length=25, choices=Route.choices())
    to_route = models.CharField(max_length=25, choices=Route.choices())
    reason = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_from_route_display()} to {self.get_to_route_display()}"


class Mention(models.Model):
    """A colleague whom the writer of a note wants to read it."""

    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mentions")
    seen_at = models.DateTimeField(null=True, help_text="When the person opened the notes of the case")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="mentioned_once_a_note")]
        indexes = [models.Index(fields=["person"], condition=Q(seen_at__isnull=True), name="mention_unseen")]

    def __str__(self) -> str:
        return f"Mention {self.pk}"


class Relation(models.TextChoices):
    SAME_INCIDENT = "same_incident", "Part in the same incident"
    OFFENDED_TOGETHER = "offended_together", "Offended together"
    FAMILY = "family", "Family or household"
    OTHER = "other", "Other"


class RelatedCase(models.Model):
    """Two cases that belong together, and why. Either may be `case`: both pages show it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Relation.choices)
    reason = models.TextField()
    related_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    related_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-related_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(case__lt=F("other")), name="a_pair_of_cases_has_one_order"),
            models.UniqueConstraint(
                fields=["case", "other"], condition=Q(ended_at__isnull=True), name="related_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="an_ended_relation_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Related {self.pk}"


class Absence(models.Model):
    """Days on which a case-owner or Senior Caseworker is away. Why, nobody is asked here."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="an_absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="an_absence_is_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence {self.pk}"


class Searchable(models.Model):
    """What the search of notes and documents looks through. Read only: a view of the database over the
    notes, the documents' descriptions, and the words of text files that were found clean."""

    key = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=12)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.DO_NOTHING, related_name="+")
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        managed = False
        db_table = "casework_searchable"

    def __str__(self) -> str:
        return self.key
