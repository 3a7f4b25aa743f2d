"""A decision on a case: drafted, reviewed, made, served."""

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casework.decisions.models.claim import Claim
from casework.decisions.permissions import DecisionQuerySet
from casework.decisions.rules.law import DEPORTATION
from casework.decisions.rules.time_limits import PLACES, RIGHTS
from casework.decisions.states import MADE, MOVES, STATES, State
from casework.engagement.models import Engagement
from casework.material.models import Material
from casework.models import Case
from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import with_its

DEPORTED = sorted(route.value for route in DEPORTATION)


class ServedHow(models.TextChoices):
    IN_PERSON = "in_person", "In person, by the police"
    BY_OFFICER = "by_officer", "In person, by a Home Office officer"
    POST = "post", "By post"
    REPRESENTATIVE = "representative", "On the representative"
    EMAIL = "email", "By e-mail"
    ON_FILE = "on_file", "On file"


TEXT_IS_LOCKED = pgtrigger.Trigger(
    name="text_is_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.state <> 'draft' AND
            (NEW.answers, NEW.letter) IS DISTINCT FROM (OLD.answers, OLD.letter) THEN
            RAISE EXCEPTION 'Only a draft decision may change';
        END IF;
        IF OLD.state IN ('decided', 'served', 'superseded') AND
            (NEW.text_hash, NEW.reasons, NEW.decided_by_id, NEW.decided_at, NEW.reviewed_by_id,
             NEW.reviewed_because, NEW.checklist, NEW.case_id)
            IS DISTINCT FROM
            (OLD.text_hash, OLD.reasons, OLD.decided_by_id, OLD.decided_at, OLD.reviewed_by_id,
             OLD.reviewed_because, OLD.checklist, OLD.case_id) THEN
            RAISE EXCEPTION 'A decision that is made stays as it is';
        END IF;
        RETURN NEW;
    """,
)


class Decision(StateModel):
    """One version of the decision on a case; the one that is not superseded is the case's.

    `answers` holds {question: {choice, reasons}} for the questions of `checklist` (rules/law.py, ADR 0022).
    """

    STATES = STATES
    MOVES = MOVES
    NOUN = "decision"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    state = state_field(State, State.DRAFT)
    checklist = models.CharField(max_length=10)
    answers = models.JSONField(default=dict)
    relies_on_material = models.BooleanField(default=False)
    material = models.ManyToManyField(Material, related_name="decisions")
    claims = models.ManyToManyField(Claim, related_name="decisions", help_text="Which it refuses")
    letter = models.JSONField(
        default=dict, help_text="Address, country, reporting, and standard paragraphs put otherwise"
    )
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, help_text="When its text last changed")
    submitted_at = models.DateTimeField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_hash = models.CharField(max_length=64, blank=True)
    reviewed_because = models.TextField(blank=True, help_text="Why two people decided it, a sentence a line")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField("why this decision is made", blank=True)
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=20, choices=ServedHow.choices, blank=True)
    served_to = models.CharField("on whom", max_length=200, blank=True)
    served_by_whom = models.CharField("by whom it was handed over or sent", max_length=200, blank=True)
    served_document = models.CharField("what was served", max_length=300, blank=True)
    served_hash = models.CharField(max_length=64, blank=True)
    served_place = models.CharField("where the subject is", max_length=20, choices=PLACES, blank=True)
    appeal_right = models.CharField(
        "which right of appeal it carries", max_length=20, choices=RIGHTS, blank=True
    )
    appeal_until = models.DateField("last day of an appeal in time", null=True)
    appeal_told_at = models.DateTimeField(null=True, help_text="When the case-owner was told of that day")
    served_document_on = models.DateField("date of what was not made here", null=True)
    served_letters = models.ManyToManyField("decisions.Letter", related_name="served_with")
    served_under = models.ForeignKey(
        Engagement,
        on_delete=models.PROTECT,
        null=True,
        related_name="services",
        help_text="The authorised operation in which the police served it",
    )
    served_rule = models.CharField("rule that other means rest on", max_length=200, blank=True)
    served_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    served_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    SEEN_BY = with_its("case")

    class Meta:
        ordering = ["-number"]
        triggers = [*state_guards(MOVES.values(), initial=State.DRAFT), TEXT_IS_LOCKED]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state=State.SUBMITTED), name="to_review"),
            models.Index(
                fields=["appeal_until"],
                condition=Q(state=State.SERVED, appeal_told_at=None, appeal_until__isnull=False),
                name="appeal_time_to_tell_of",
            ),
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
                condition=~Q(state__in=MADE) | Q(reviewed_because="") | Q(reviewed_by__isnull=False),
                name="what_two_people_decide_is_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MADE)
                | Q(answers__route__choice__isnull=True)
                | ~Q(answers__route__choice__in=DEPORTED)
                | Q(reviewed_by__isnull=False),
                name="a_deportation_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | Q(decided_by=None) | ~Q(reviewed_by=F("decided_by")),
                name="a_reviewer_never_decides",
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
            models.CheckConstraint(
                condition=~Q(state=State.SERVED)
                | Q(served_how=ServedHow.IN_PERSON, served_under__isnull=False)
                | (~Q(served_how=ServedHow.IN_PERSON) & ~Q(served_rule="")),
                name="service_rests_on_an_operation_or_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"

    def submit(self, *, by: User, now: datetime, text_hash: str) -> None:
        self.drafted_by, self.submitted_at, self.text_hash = by, now, text_hash

    def approve(self, *, by: User, now: datetime) -> None:
        self.reviewed_by, self.reviewed_at, self.reviewed_hash = by, now, self.text_hash

    def take_back(self, *, by: User, now: datetime) -> None:
        """A review is of one text: changing it voids the review."""
        self.reviewed_by, self.reviewed_at, self.reviewed_hash = None, None, ""

    def void_review(self, *, by: User, now: datetime) -> None:
        self.reviewed_by, self.reviewed_at, self.reviewed_hash = None, None, ""

    def decide(self, *, by: User, now: datetime, reasons: str, text_hash: str, reviewed_because: str) -> None:
        self.decided_by, self.decided_at, self.reasons, self.text_hash = by, now, reasons, text_hash
        self.reviewed_because = reviewed_because

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
        document_on: date | None,
        sha256: str,
        place: str,
        appeal: str,
        appeal_until: date | None,
        operation: Engagement | None,
        rule: str,
    ) -> None:
        self.served_by, self.served_at, self.served_on, self.served_how = by, now, on, how
        self.served_to, self.served_by_whom = to, by_whom
        self.served_document, self.served_hash, self.served_document_on = document, sha256, document_on
        self.served_under, self.served_rule = operation, rule
        self.served_place, self.appeal_right, self.appeal_until = place, appeal, appeal_until

    def supersede(self, *, by: User, now: datetime) -> None:
        self.superseded_at = now

    def answer_to(self, name: str) -> str:
        return str(self.answers.get(name, {}).get("choice", ""))


class DecisionChange(StateChange):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("decision")
