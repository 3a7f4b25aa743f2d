"""A decision on a case: drafted, reviewed, made, served, and challenged."""

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from casework.decisions.permissions import DecisionQuerySet
from casework.decisions.states import CHALLENGE_MOVES, MADE, MOVES, STANDING, ChallengeState, State
from casework.material.models import Material
from casework.models import Case
from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from referrals.duty_desk.models import PendingMatter
from referrals.models import ConductEvent


class ServedHow(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    POST = "post", "By post"
    REPRESENTATIVE = "representative", "On the representative"
    EMAIL = "email", "By e-mail"
    ON_FILE = "on_file", "On file"


TEXT_IS_LOCKED = pgtrigger.Trigger(
    name="text_is_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.state <> 'draft' AND NEW.answers IS DISTINCT FROM OLD.answers THEN
            RAISE EXCEPTION 'Only a draft decision may change';
        END IF;
        IF OLD.state IN ('decided', 'served', 'superseded') AND
            (NEW.text_hash, NEW.reasons, NEW.decided_by_id, NEW.decided_at, NEW.checklist, NEW.case_id)
            IS DISTINCT FROM
            (OLD.text_hash, OLD.reasons, OLD.decided_by_id, OLD.decided_at, OLD.checklist, OLD.case_id) THEN
            RAISE EXCEPTION 'A decision that is made stays as it is';
        END IF;
        RETURN NEW;
    """,
)


class Decision(StateModel):
    """One version of the decision on a case; the one that is not superseded is the case's.

    `answers` holds {question: {choice, reasons}} for the questions of `checklist` (rules/law.py, ADR 0022).
    """

    MOVES = MOVES
    NOUN = "decision"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    state = state_field(State, State.DRAFT)
    checklist = models.CharField(max_length=10)
    answers = models.JSONField(default=dict)
    relies_on_material = models.BooleanField(default=False)
    material = models.ManyToManyField(Material, related_name="decisions")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_hash = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField("why this decision is made", blank=True)
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=20, choices=ServedHow.choices, blank=True)
    served_to = models.CharField("on whom", max_length=200, blank=True)
    served_by_whom = models.CharField("by whom it was handed over or sent", max_length=200, blank=True)
    served_document = models.CharField("what was served", max_length=300, blank=True)
    served_hash = models.CharField(max_length=64, blank=True)
    served_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    served_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        triggers = [*state_guards(MOVES.values(), initial=State.DRAFT), TEXT_IS_LOCKED]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state=State.SUBMITTED), name="to_review")
        ]
        constraints = [
            state_check(State, name="decision_state_is_known"),
            models.UniqueConstraint(fields=["case", "number"], name="decisions_are_numbered"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state=State.SUPERSEDED), name="one_decision_stands"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")),
                name="a_drafter_never_reviews",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, reviewed_hash="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & Q(reviewed_hash=F("text_hash"))),
                name="a_review_is_of_this_text",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REVIEWED) | Q(reviewed_by__isnull=False),
                name="reviewed_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MADE)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reasons="") & ~Q(text_hash="")),
                name="a_decision_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MADE, relies_on_material=True) | Q(reviewed_by__isnull=False),
                name="nexus_material_is_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SERVED)
                | (
                    Q(served_on__isnull=False, served_by__isnull=False, served_at__isnull=False)
                    & ~Q(served_how="")
                    & ~Q(served_to="")
                    & ~Q(served_by_whom="")
                    & ~Q(served_document="")
                ),
                name="service_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"

    @transition("state", *MOVES["submit"].ends)
    def submit(self, *, by: User, now: datetime, text_hash: str) -> None:
        self.drafted_by, self.submitted_at, self.text_hash = by, now, text_hash

    @transition("state", *MOVES["approve"].ends)
    def approve(self, *, by: User, now: datetime) -> None:
        self.reviewed_by, self.reviewed_at, self.reviewed_hash = by, now, self.text_hash

    @transition("state", *MOVES["return_draft"].ends)
    def return_draft(self, *, by: User, now: datetime) -> None:
        """The reasons are on the change."""

    @transition("state", *MOVES["take_back"].ends)
    def take_back(self, *, by: User, now: datetime) -> None:
        """A review is of one text: changing it voids the review."""
        self.reviewed_by, self.reviewed_at, self.reviewed_hash = None, None, ""

    @transition("state", *MOVES["decide"].ends)
    def decide(self, *, by: User, now: datetime, reasons: str, text_hash: str) -> None:
        self.decided_by, self.decided_at, self.reasons, self.text_hash = by, now, reasons, text_hash

    @transition("state", *MOVES["serve"].ends)
    def serve(
        self,
        *,
        by: User,
        now: datetime,
        on: date,
        how: str,
        to: str,
        by_whom: str,
        document: str,
        sha256: str,
    ) -> None:
        self.served_by, self.served_at, self.served_on, self.served_how = by, now, on, how
        self.served_to, self.served_by_whom = to, by_whom
        self.served_document, self.served_hash = document, sha256

    @transition("state", *MOVES["supersede"].ends)
    def supersede(self, *, by: User, now: datetime) -> None:
        self.superseded_at = now

    def answer_to(self, name: str) -> str:
        return str(self.answers.get(name, {}).get("choice", ""))


class DecisionChange(StateChange):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")


class Finding(models.Model):
    """One allegation and what was found of it. `event` is the conduct event it was taken from, if any."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="findings")
    event = models.ForeignKey(ConductEvent, on_delete=models.PROTECT, null=True, related_name="findings")
    allegation = models.TextField()
    evidence = models.TextField(blank=True)
    proved = models.BooleanField("proved on the balance of probabilities", null=True)
    reasons = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(allegation=""), name="a_finding_is_on_something"),
            models.UniqueConstraint(
                fields=["decision", "event"], condition=Q(event__isnull=False), name="one_finding_an_event"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_on_a_victim_or_witness",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM referrals_conductevent event
                               WHERE event.id = NEW.event_id AND event.part IN ('victim', 'witness')) THEN
                        RAISE EXCEPTION 'A victim or witness event is never a finding';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="only_in_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM decisions_decision decision
                               WHERE decision.id = COALESCE(NEW.decision_id, OLD.decision_id)
                               AND decision.state <> 'draft') THEN
                        RAISE EXCEPTION 'Findings change only in a draft';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.pk}"


class ChallengeKind(models.TextChoices):
    REPRESENTATIONS = "representations", "Representations"
    APPEAL = "appeal", "Appeal"
    JUDICIAL_REVIEW = "judicial_review", "Judicial review"
    OTHER = "other", "Another challenge"


# What the Duty Desk watches as litigation.
LITIGATION = (ChallengeKind.APPEAL, ChallengeKind.JUDICIAL_REVIEW)


class Challenge(StateModel):
    """Representations, an appeal or a judicial review against one decision."""

    MOVES = CHALLENGE_MOVES
    NOUN = "challenge"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="challenges")
    state = state_field(ChallengeState, ChallengeState.OPEN)
    kind = models.CharField(max_length=20, choices=ChallengeKind.choices)
    lodged_on = models.DateField()
    matter = models.ForeignKey(
        PendingMatter,
        on_delete=models.PROTECT,
        null=True,
        related_name="challenges",
        help_text="How the Duty Desk watches it",
    )
    court = models.CharField("court or tribunal", max_length=120, blank=True)
    court_reference = models.CharField(max_length=60, blank=True)
    lodged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    outcome_on = models.DateField(null=True)
    outcome_reasons = models.TextField(blank=True)
    concluded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-lodged_on", "-pk"]
        triggers = state_guards(CHALLENGE_MOVES.values(), initial=ChallengeState.OPEN)
        constraints = [
            state_check(ChallengeState, name="challenge_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.OPEN, concluded_at=None, concluded_by=None)
                | (
                    ~Q(state=ChallengeState.OPEN)
                    & Q(concluded_at__isnull=False, concluded_by__isnull=False, outcome_on__isnull=False)
                    & ~Q(outcome_reasons="")
                ),
                name="a_concluded_challenge_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.lodged_on:%d.%m.%Y}"

    def end(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.concluded_by, self.concluded_at = by, now
        self.outcome_on, self.outcome_reasons = outcome_on, reasons

    @transition("state", *CHALLENGE_MOVES["dismiss"].ends)
    def dismiss(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    @transition("state", *CHALLENGE_MOVES["allow"].ends)
    def allow(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    @transition("state", *CHALLENGE_MOVES["withdraw"].ends)
    def withdraw(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)

    @transition("state", *CHALLENGE_MOVES["remit"].ends)
    def remit(self, *, by: User, now: datetime, outcome_on: date, reasons: str) -> None:
        self.end(by=by, now=now, outcome_on=outcome_on, reasons=reasons)


class ChallengeChange(StateChange):
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="changes")


class Hearing(models.Model):
    """A day in court, and which officers of the force are needed there."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="hearings")
    on = models.DateField()
    place = models.CharField(max_length=200)
    witnesses = models.TextField("officers needed as witnesses", blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"Hearing {self.pk}"


class LetterTemplate(models.TextChoices):
    """What can be made from a decision; the words are in letters.py."""

    NOTICE = "notice", "Notice of decision"
    REASONS = "reasons", "Decision with reasons"


class Letter(models.Model):
    """A document made from a decision by a template's version, kept as it was made: both files, and their hashes.

    `content` is the one description both files were made from.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    template = models.CharField(max_length=30, choices=LetterTemplate.choices)
    version = models.CharField("version of the template", max_length=10)
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_hash = models.CharField(max_length=64)
    docx = models.BinaryField()
    docx_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="made_once", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_template_display()} (letter {self.pk})"


__all__ = [
    "LITIGATION",
    "STANDING",
    "Challenge",
    "ChallengeChange",
    "ChallengeKind",
    "Decision",
    "DecisionChange",
    "Finding",
    "Hearing",
    "Letter",
    "LetterTemplate",
    "ServedHow",
]
