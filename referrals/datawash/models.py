"""The register, agreements with forces, their lists, and what the wash and the reviewers found."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django_fsm import transition

from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, state_check, state_field, state_guards
from nexus.leases import LeasedModel, lease_check
from nexus.ui import formatting
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import POTS, UNCONFIRMED
from referrals.datawash.permissions import AgreementQuerySet, CandidateQuerySet, WashQuerySet
from referrals.datawash.states import MOVES, ONGOING, State
from referrals.models import Referral

GRADES = [(grade.value, grade.value.capitalize()) for grade in Grade]
TO_REVIEW = [grade.value for grade in Grade if grade in UNCONFIRMED]
POT_CHOICES = [(pot, pot[0].upper() + pot[1:]) for pot in POTS]


class CurrentTransaction(models.Func):
    """PostgreSQL's number of the transaction that is writing. Numbers are never used again."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Person(models.Model):
    """One person of the immigration register: the stand-in for CID and Atlas, loaded by `manage.py register`.

    Texts as the register holds them; `dob` is YYYY-MM-DD, or YYYY where only the year is known.
    """

    person_id = models.CharField(max_length=40, unique=True)
    surname = models.CharField(max_length=200)
    forenames = models.CharField(max_length=200, blank=True)
    dob = models.CharField("date of birth", max_length=10, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    place_of_birth = models.CharField(max_length=120, blank=True)
    aliases = models.TextField(blank=True)
    pnc_id = models.CharField("PNC ID", max_length=20, blank=True)
    cro = models.CharField("CRO number", max_length=20, blank=True)
    ho_ref = models.CharField("Home Office reference", max_length=40, blank=True)
    immigration_status = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    changed_in = models.BigIntegerField(
        db_default=CurrentTransaction(),
        db_index=True,
        editable=False,
        help_text="The transaction that wrote the row last: the snapshot reads what it has not seen",
    )
    gone_at = models.DateTimeField(
        null=True, db_index=True, help_text="No longer in the register; kept while washes name the row"
    )

    class Meta:
        verbose_name_plural = "people"
        triggers = [
            pgtrigger.Trigger(
                name="changes_name_their_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="NEW.changed_in = pg_current_xact_id()::text::bigint; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.person_id


class Agreement(models.Model):
    """What a force and the Home Office agreed about data-washes. A force without one cannot upload."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="datawash_agreements")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pots = models.JSONField(default=dict, help_text="Status → pot, where it differs from the standard table")
    stale_after_days = models.PositiveSmallIntegerField(default=28)
    purge_after_days = models.PositiveSmallIntegerField(default=14)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

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

    MOVES = MOVES
    NOUN = "data-wash"
    WAITING, WORKING = State.QUEUED, State.WASHING

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="washes")
    purpose = models.TextField()
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    state = state_field(State, State.CHECKED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    read = models.PositiveIntegerField(help_text="rows with anything in them")
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    failure = models.CharField(max_length=200, blank=True)
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

    class Meta:
        verbose_name_plural = "washes"
        ordering = ["-uploaded_at", "-pk"]
        triggers = state_guards(MOVES.values(), initial=State.CHECKED)
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
            lease_check(State.WASHING, name="washing_has_a_lease"),
        ]

    def __str__(self) -> str:
        return f"Data-wash {self.pk}"

    @transition("state", *MOVES["queue"].ends)
    def queue(self, *, by: User, now: datetime) -> None:
        self.attempts, self.failure, self.stage, self.done = 0, "", "", 0

    @transition("state", *MOVES["begin"].ends)
    def begin(self, *, by: None, now: datetime) -> None:
        """A worker has taken it."""

    @transition("state", *MOVES["finish"].ends)
    def finish(self, *, by: None, now: datetime, counts: dict[str, dict[str, int]], register_as_at: datetime, model_version: str) -> None:  # fmt: skip
        self.counts, self.register_as_at, self.model_version = counts, register_as_at, model_version
        self.washed_at, self.stage, self.done = now, "", self.accepted

    @transition("state", *MOVES["requeue"].ends)
    def requeue(self, *, by: None, now: datetime) -> None:
        """It waits for the next attempt."""

    @transition("state", *MOVES["park"].ends)
    def park(self, *, by: None, now: datetime, failure: str) -> None:
        self.failure = failure

    @transition("state", *MOVES["discard"].ends)
    def discard(self, *, by: User | None, now: datetime) -> None:
        """The rows go with it."""

    @transition("state", *MOVES["go_stale"].ends)
    def go_stale(self, *, by: None, now: datetime) -> None:
        """The report stays, marked: the list has to be washed again."""


class WashChange(StateChange):
    wash = models.ForeignKey(Wash, on_delete=models.PROTECT, related_name="changes")


class RemarkKind(models.TextChoices):
    REJECTED = "rejected", "Rejected"
    REPEATED = "repeated", "Repeated"
    REMARK = "remark", "Remark"


class WashRemark(models.Model):
    """What the check says of one line: why it was rejected, that it repeats another, what was left out."""

    wash = models.ForeignKey(Wash, on_delete=models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RemarkKind.choices)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return f"Line {self.line}"


class WashRow(models.Model):
    """One subject of a list, as the force wrote it, and what the wash found.

    `person`, `grade`, `pot` and `reason` are what stands now: a review may change them. A purged row has
    neither names nor person any more.
    """

    wash = models.ForeignKey(Wash, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="place in the list from 0")
    force_row_ref = models.CharField(max_length=200)
    surname = models.CharField(max_length=200, blank=True)
    forenames = models.CharField(max_length=200, blank=True)
    dob = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=200, blank=True)
    nationality = models.CharField(max_length=200, blank=True)
    pnc_id = models.CharField(max_length=200, blank=True)
    cro = models.CharField(max_length=200, blank=True)
    ho_ref = models.CharField(max_length=200, blank=True)
    aliases = models.CharField(max_length=200, blank=True)
    place_of_birth = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=10, choices=GRADES, blank=True)
    pot = models.CharField(max_length=20, choices=POT_CHOICES, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed = models.BooleanField(null=True, help_text="Empty: not reviewed. Exact rows need no review")
    referral = models.ForeignKey(Referral, on_delete=models.SET_NULL, null=True, related_name="+")
    purged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["wash", "number"]
        indexes = [
            models.Index(fields=["wash", "pot", "number"], name="wash_pot"),
            models.Index(
                fields=["wash", "number"],
                name="rows_to_review",
                condition=Q(grade__in=TO_REVIEW, confirmed__isnull=True, purged_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["wash", "number"], name="one_row_a_place"),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True)
                | Q(surname="", forenames="", dob="", person__isnull=True),
                name="purged_rows_name_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.pk}"

    @property
    def subject_name(self) -> str:
        """Family name in capitals first, as the police write it."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part)

    @property
    def born(self) -> str:
        """31 July 1985, or 1985 where only the year is known."""
        return formatting.date(date.fromisoformat(self.dob)) if len(self.dob) == 10 else self.dob


class Candidate(models.Model):
    """One person of the register close to a row, with the weights that say why. The Home Office's own."""

    row = models.ForeignKey(WashRow, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="0 is the likeliest")
    probability = models.FloatField()
    weight = models.FloatField()
    steps = models.JSONField(default=list, help_text="[{field, words, weight}], the starting point first")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["row", "place"]
        constraints = [
            models.UniqueConstraint(fields=["row", "person"], name="one_pair_a_row_and_person"),
            models.UniqueConstraint(fields=["row", "place"], name="one_candidate_a_place"),
        ]

    def __str__(self) -> str:
        return f"Pair {self.pk}"


class Verdict(models.TextChoices):
    SAME = "same", "The same person"
    NOT_SAME = "not_same", "Not the same"
    CANNOT_TELL = "cannot_tell", "Cannot tell"


class Review(models.Model):
    """What a named referrals officer said of a pair. Append-only; the latest of a pair stands."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="reviews_stay_as_said", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.get_verdict_display()
