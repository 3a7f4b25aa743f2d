"""Agreements with forces, their lists, and how far each list is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from nexus.accounts.models import Force, User
from nexus.documents.models import StoredFile
from nexus.fsm import StateChange, state_check, state_field, state_guards
from nexus.leases import LeasedModel, lease_check
from nexus.row_security import of_force, with_its
from referrals.datawash.permissions import AgreementQuerySet, WashQuerySet
from referrals.datawash.states import MOVES, ONGOING, STATES, State

LONGEST_FAILURE = 1000  # characters


class Agreement(models.Model):
    """What a force and the Home Office agreed about data-washes. A force without one cannot upload."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="datawash_agreements")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pots = models.JSONField(default=dict, help_text="Status → pot, where it differs from the standard table")
    columns = models.JSONField(
        default=dict, help_text="Heading → column (“” for none), as the force has said of its lists"
    )
    stale_after_days = models.PositiveSmallIntegerField(default=28)
    purge_after_days = models.PositiveSmallIntegerField(default=14)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    SEEN_BY = of_force()

    class Meta:
        ordering = ["force__code", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="an_agreement_runs_forward",
                violation_error_message="The agreement cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(stale_after_days__gte=1, purge_after_days__gte=1), name="agreed_days_are_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Wash(LeasedModel):
    """One list of a force. `read`, `accepted` and `rejected` count its rows and stay when rows are purged."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "data-wash"
    WAITING, WORKING, WAITS_SINCE = State.QUEUED, State.WASHING, "uploaded_at"
    TAKEN_BY = ("begin_reading", "begin")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="washes")
    purpose = models.TextField()
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Until it has been read and nothing is open about that",
    )
    state = state_field(State, State.RECEIVED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    read = models.PositiveIntegerField(default=0, help_text="rows with anything in them")
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    about = models.JSONField(default=list, help_text="What is to be said of how the file was read: sentences")
    questions = models.JSONField(
        default=dict,
        help_text="What the force may say of how it is read: {sheets: [name], headings: [{heading, name, column, meant}]}",
    )
    answers = models.JSONField(default=dict, help_text="What it has said: {sheet, columns: {name: column}}")
    failure = models.CharField(max_length=LONGEST_FAILURE, blank=True)
    stage = models.CharField(max_length=80, blank=True, help_text="What the worker does now, in words")
    done = models.PositiveIntegerField(default=0, help_text="rows answered so far")
    washed_at = models.DateTimeField(null=True)
    register_as_at = models.DateTimeField(null=True, help_text="How old the register was")
    model_version = models.CharField(max_length=20, blank=True)
    counts = models.JSONField(
        default=dict, help_text="{grade: n} and {pot: n} when washed; they outlive the rows"
    )
    purged_at = models.DateTimeField(null=True)
    is_new = False  # True on what `actions.upload` has just made, not on what was there

    objects = WashQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["WashChange"]

    SEEN_BY = with_its("agreement")

    class Meta:
        verbose_name_plural = "washes"
        ordering = ["-uploaded_at", "-pk"]
        triggers = state_guards(MOVES.values(), initial=State.RECEIVED)
        constraints = [
            state_check(State, name="wash_state_is_known"),
            models.UniqueConstraint(
                fields=["agreement", "sha256"],
                condition=Q(state__in=ONGOING),
                name="one_wash_a_file",
            ),
            models.CheckConstraint(
                condition=Q(read=models.F("accepted") + models.F("rejected")), name="rows_reconcile"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="no_wash_without_a_purpose"),
            lease_check(State.READING, State.WASHING, name="washing_has_a_lease"),
        ]

    def __str__(self) -> str:
        return f"Data-wash {self.pk}"

    def finish_reading(self, *, by: None, now: datetime) -> None:
        self.attempts, self.stage, self.done = 0, "", 0

    def ask(self, *, by: None, now: datetime) -> None:
        self.attempts, self.stage, self.done = 0, "", 0

    def answer(self, *, by: User, now: datetime, answers: dict[str, Any]) -> None:
        self.answers, self.attempts = answers, 0

    def discard(self, *, by: User | None, now: datetime) -> None:
        self.questions, self.answers, self.about = {}, {}, []

    def wait_again(self, *, by: None, now: datetime) -> None:
        self.stage, self.done = "", 0

    def requeue(self, *, by: None, now: datetime) -> None:
        self.stage, self.done = "", 0

    def refuse(self, *, by: None, now: datetime, failure: str) -> None:
        self.failure, self.stage, self.done = failure[:LONGEST_FAILURE], "", 0

    def queue(self, *, by: User, now: datetime) -> None:
        self.attempts, self.failure, self.stage, self.done = 0, "", "", 0

    def finish(self, *, by: None, now: datetime, counts: dict[str, dict[str, int]], register_as_at: datetime, model_version: str) -> None:  # fmt: skip
        self.counts, self.register_as_at, self.model_version = counts, register_as_at, model_version
        self.washed_at, self.stage, self.done = now, "", self.accepted

    def park(self, *, by: None, now: datetime, failure: str) -> None:
        self.failure = failure


class WashChange(StateChange):
    wash = models.ForeignKey(Wash, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("wash")


class RemarkKind(models.TextChoices):
    REJECTED = "rejected", "Rejected"
    REPEATED = "repeated", "Repeated"
    REMARK = "remark", "Remark"


class WashRemark(models.Model):
    """What the check says of one line: why it was rejected, that it repeats another, what was left out."""

    wash = models.ForeignKey(Wash, on_delete=models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField()
    reference = models.CharField(max_length=200, blank=True, help_text="The row's own")
    kind = models.CharField(max_length=10, choices=RemarkKind.choices)
    text = models.CharField(max_length=300)
    cells = models.JSONField(
        default=dict, help_text="A rejected row's columns as they were written, to be mended and sent again"
    )

    SEEN_BY = with_its("wash")

    class Meta:
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return f"Line {self.line}"
