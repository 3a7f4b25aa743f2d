"""One piece of Nexus material: what is asked of the force, what it sends, how it is checked and approved."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from casework.material import rules
from casework.material.permissions import AskQuerySet, MaterialQuerySet
from casework.material.rules import Disclosable
from casework.material.states import LOCKED, MOVES, State
from casework.models import Case
from nexus.accounts.models import User
from nexus.documents.models import StoredFile
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards

WRITTEN_ONCE = pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)


class Kind(models.TextChoices):
    SUMMARY = "summary", "Summary"
    STATEMENT = "statement", "Statement"


def _by(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", **options)


class Material(StateModel):
    """A summary asked of the force and the statement that may follow from it. `title` says what it is about."""

    MOVES = MOVES
    NOUN = "material"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="material")
    title = models.CharField(max_length=120, help_text="The force reads it")
    state = state_field(State, State.SUMMARY_REQUESTED)
    requested_by = _by()
    requested_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    relevant = models.BooleanField(null=True)
    applicable = models.BooleanField(null=True)
    review_reasons = models.TextField(blank=True)
    reviewed_by = _by(null=True)
    reviewed_at = models.DateTimeField(null=True)
    not_needed_because = models.TextField(blank=True)
    commissioned_by = _by(null=True)
    commissioned_at = models.DateTimeField(null=True)
    override_reason = models.TextField(
        blank=True, help_text="Why a statement comes before a reviewed summary"
    )
    approval = models.OneToOneField("Approval", on_delete=models.PROTECT, null=True, related_name="+")
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=200, blank=True)
    served_by = _by(null=True)
    served_at = models.DateTimeField(null=True)

    objects = MaterialQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["MaterialChange"]

    class Meta:
        verbose_name_plural = "material"
        ordering = ["-pk"]
        triggers = state_guards(MOVES.values(), initial=State.SUMMARY_REQUESTED)
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

    @transition("state", *MOVES["supply_summary"].ends)
    def supply_summary(self, *, by: User, now: datetime) -> None:
        """The summary is a `Version`."""

    @transition("state", *MOVES["return_summary"].ends)
    def return_summary(self, *, by: User, now: datetime) -> None:
        """What is wrong is on the new `Ask`."""

    @transition("state", *MOVES["review_summary"].ends)
    def review_summary(self, *, by: User, now: datetime, relevant: bool, applicable: bool, why: str) -> None:
        self.relevant, self.applicable, self.review_reasons = relevant, applicable, why
        self.reviewed_by, self.reviewed_at = by, now

    @transition("state", *MOVES["need_no_statement"].ends)
    def need_no_statement(self, *, by: User, now: datetime, because: str) -> None:
        self.not_needed_because = because

    @transition("state", *MOVES["commission"].ends)
    def commission(self, *, by: User, now: datetime, override_reason: str) -> None:
        self.commissioned_by, self.commissioned_at, self.override_reason = by, now, override_reason

    @transition("state", *MOVES["supply_statement"].ends)
    def supply_statement(self, *, by: User, now: datetime) -> None:
        """The statement is a `Version`."""

    @transition("state", *MOVES["check_statement"].ends)
    def check_statement(self, *, by: User, now: datetime) -> None:
        """What was found is a `Check`."""

    @transition("state", *MOVES["reject"].ends)
    def reject(self, *, by: User, now: datetime) -> None:
        """What is wrong is on the new `Ask`. An approval stays with its own version."""
        self.approval = None

    @transition("state", *MOVES["approve"].ends)
    def approve(self, *, by: User, now: datetime, approval: "Approval") -> None:
        self.approval = approval

    @transition("state", *MOVES["rely_on"].ends)
    def rely_on(self, *, by: User, now: datetime) -> None:
        """For what is on the change."""

    @transition("state", *MOVES["ask_for_appeals_review"].ends)
    def ask_for_appeals_review(self, *, by: User, now: datetime) -> None:
        """What is asked is an `AppealsReview`."""

    @transition("state", *MOVES["advise"].ends)
    def advise(self, *, by: User, now: datetime) -> None:
        """The advice is on the `AppealsReview`."""

    @transition("state", *MOVES["serve"].ends)
    def serve(self, *, by: User, now: datetime, served_on: date, how: str) -> None:
        self.served_on, self.served_how, self.served_by, self.served_at = served_on, how, by, now

    @transition("state", *MOVES["supersede"].ends)
    def supersede(self, *, by: User, now: datetime) -> None:
        """Why is on the change."""


class MaterialChange(StateChange):
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="changes")


class Ask(models.Model):
    """One thing asked of the force: a summary, a statement, or a new version of one. At most one is open.

    What the force has written and not yet sent is its draft, here.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="asks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.TextField("what is asked")
    why = models.TextField("why it is asked")
    due_on = models.DateField()
    again = models.BooleanField(
        default=False, help_text="What was sent before was not enough; `what` says why"
    )
    asked_by = _by()
    asked_at = models.DateTimeField()
    draft_author = models.CharField(max_length=120, blank=True)
    draft_text = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="Supplied, or not asked any more")

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at=None), name="open_asks")]
        constraints = [
            models.UniqueConstraint(
                fields=["material"], condition=Q(closed_at=None), name="one_open_ask_a_material"
            ),
        ]

    def __str__(self) -> str:
        return f"Ask {self.pk}"

    @property
    def noun(self) -> str:
        """What is asked for, in the middle of a sentence."""
        return self.get_kind_display().lower()


class Record(models.Model):
    """An underlying police record, attached to what is asked; fixed once that is sent."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="records")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="material_records")
    description = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_once_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("asked", "bigint")],
                func="""
                    IF TG_OP = 'DELETE' THEN asked := OLD.ask_id; ELSE asked := NEW.ask_id; END IF;
                    IF EXISTS (SELECT 1 FROM material_ask WHERE id = asked AND closed_at IS NOT NULL)
                    THEN RAISE EXCEPTION 'What the force has sent stays as it is.';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"Record {self.pk}"


class Version(models.Model):
    """What the force sent, as it sent it. The database refuses to change or remove it.

    Paragraphs are numbered from 1 in their order.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="version")
    author = models.CharField(max_length=120, help_text="Whose summary or statement it is")
    paragraphs = ArrayField(models.TextField())
    sha256 = models.CharField(max_length=64)
    supplied_by = _by()
    supplied_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        triggers = [WRITTEN_ONCE]
        constraints = [
            models.UniqueConstraint(fields=["material", "kind", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=~Q(paragraphs=[]), name="a_version_has_paragraphs"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    def digest(self) -> str:
        """The hash of what stands here now; `sha256` is that of what was sent."""
        records = self.ask.records.values_list("file__name", "file__sha256")
        return rules.digest(author=self.author, paragraphs=self.paragraphs, records=records)


class Check(models.Model):
    """One check of a statement against the agreed format. A later check of the same version stands instead."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="checks")
    remarks = models.TextField(blank=True)
    checked_by = _by()
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        triggers = [WRITTEN_ONCE]

    def __str__(self) -> str:
        return f"Check {self.pk}"


class PointChecked(models.Model):
    """One point of the agreed format, met or not."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="points")
    code = models.CharField(max_length=20, help_text="Of rules.CHECKLIST")
    met = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        triggers = [WRITTEN_ONCE]
        constraints = [models.UniqueConstraint(fields=["of_check", "code"], name="one_answer_a_point")]

    def __str__(self) -> str:
        return f"Point {self.pk}"


class ParagraphChecked(models.Model):
    """Whether one paragraph may be disclosed, and what is taken out of it first."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.PositiveSmallIntegerField()
    disclosable = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Disclosable])
    to_redact = models.TextField(blank=True, help_text="Passages, one a line")
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        triggers = [WRITTEN_ONCE]
        constraints = [
            models.UniqueConstraint(fields=["of_check", "number"], name="one_answer_a_paragraph"),
            models.CheckConstraint(
                condition=(Q(disclosable="redacted") & ~Q(to_redact=""))
                | (~Q(disclosable="redacted") & Q(to_redact="")),
                name="a_redaction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"Paragraph {self.number}"


class RecordChecked(models.Model):
    """Whether an attached record may be disclosed."""

    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="records")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    disclosable = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        triggers = [WRITTEN_ONCE]
        constraints = [models.UniqueConstraint(fields=["of_check", "record"], name="one_answer_a_record")]

    def __str__(self) -> str:
        return f"Record {self.record_id}"


class Approval(models.Model):
    """A Senior Caseworker's approval of one checked version, locked by its hash.

    The approver is neither who made the check nor who commissioned the statement: both are copied here so that
    a constraint can say so, and a trigger refuses copies that are not true.
    """

    of_check = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="approval")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    reasons = models.TextField()
    approved_by = _by()
    approved_at = models.DateTimeField()
    checked_by = _by()
    commissioned_by = _by()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("checked_by")), name="nobody_approves_their_own_check"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("commissioned_by")), name="nobody_approves_what_they_commissioned"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="an_approval_has_reasons"),
        ]
        triggers = [
            WRITTEN_ONCE,
            pgtrigger.Trigger(
                name="copies_are_true",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM material_check c
                        JOIN material_version v ON v.id = c.version_id
                        JOIN material_material m ON m.id = v.material_id
                        WHERE c.id = NEW.of_check_id AND v.id = NEW.version_id AND v.sha256 = NEW.sha256
                        AND c.checked_by_id = NEW.checked_by_id
                        AND m.commissioned_by_id = NEW.commissioned_by_id
                    ) THEN RAISE EXCEPTION 'An approval names its own version, check and commission.';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Approval {self.pk}"


class AppealsReview(models.Model):
    """What Specialist Appeals were asked about one version, and what they advise. The force never sees it."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="appeals_reviews")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = _by()
    asked_at = models.DateTimeField()
    issues = models.TextField("potential issues of challenge or scrutiny", blank=True)
    advice = models.TextField(blank=True)
    advised_by = _by(null=True)
    advised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["material"], condition=Q(advised_at=None), name="one_open_review_a_material"
            ),
            models.CheckConstraint(
                condition=Q(advised_at__isnull=True, advised_by__isnull=True)
                | (Q(advised_at__isnull=False, advised_by__isnull=False) & ~Q(issues="") & ~Q(advice="")),
                name="advice_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"


class Message(models.Model):
    """A question or an answer between the case-owner and the force. Both read it."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    by = _by()
    from_force = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [WRITTEN_ONCE]

    def __str__(self) -> str:
        return f"Message {self.pk}"
