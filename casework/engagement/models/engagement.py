"""An operational engagement: what is asked of a force, and what became of it."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casework.engagement import guards
from casework.engagement.models.people import person
from casework.engagement.permissions import EngagementQuerySet
from casework.engagement.rules.powers import BY_CODE, Kind
from casework.engagement.rules.risks import AtRiskLevel, RiskLevel
from casework.engagement.states import AFTER_TASKING, MOVES, STATES, WRITTEN, State
from casework.models import Case
from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import SeenBy, with_its


class DeclineKind(models.TextChoices):
    """Why a force declines; "availability of resource will be a factor" (guidance p. 13)."""

    RESOURCE = "resource", "No resource for it in that time"
    RISK = "risk", "The risk is too high as it stands"
    INFORMATION = "information", "Too little information"
    OTHER = "other", "Another reason"


def sent() -> Q:
    """What a request holds once it was sent: nothing of it may be missing."""
    texts = ~Q(legal_power="") & ~Q(address="") & ~Q(asked="") & ~Q(why="")
    times = Q(window_starts_at__isnull=False, window_ends_at__isnull=False, requested_at__isnull=False)
    return texts & times


class Engagement(StateModel):
    """One request for one kind of engagement by one force. Blank means not written yet.

    `requested_by` is who asks, and never decides on it. `verbal` ones were authorised verbally and
    are written up by `write_up_due_at`. The force is tasked with the text of `tasked_sha256`.
    """

    STATES = STATES
    MOVES = MOVES
    NOUN = "operation"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="engagements")
    kind = models.CharField(max_length=25, choices=Kind.choices())
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="engagements")
    state = state_field(State, State.DRAFT)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="engagements_requested")
    started_at = models.DateTimeField()
    requested_at = models.DateTimeField(null=True)

    legal_power = models.CharField(max_length=30, blank=True)
    address = models.TextField(blank=True)
    window_starts_at = models.DateTimeField("from", null=True)
    window_ends_at = models.DateTimeField("until", null=True)
    asked = models.TextField("what is asked of the force", blank=True)
    why = models.TextField(blank=True)
    safety_note = models.TextField("what officers must know for safety", blank=True)
    at_risk_level = models.CharField(max_length=1, choices=AtRiskLevel.choices(), blank=True)
    risk_level = models.CharField(max_length=10, choices=RiskLevel.choices(), blank=True)
    risk_controls = models.TextField(blank=True)

    tasked_by = person(null=True)
    tasked_at = models.DateTimeField(null=True)
    tasked_sha256 = models.CharField(max_length=64, blank=True)
    answered_by = person(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_words = models.TextField(blank=True)
    decline_kind = models.CharField(max_length=15, choices=DeclineKind.choices, blank=True)
    happened_at = models.DateTimeField(null=True)
    officers = models.CharField("who was there for the force", max_length=200, blank=True)
    irregular = models.TextField("how it was carried out outside its authorisation", blank=True)
    ended_by = person(null=True)
    ended_at = models.DateTimeField(null=True)
    what_happened = models.TextField(blank=True)
    custody_reference = models.CharField(max_length=30, blank=True)
    outcome_by = person(null=True)
    outcome_at = models.DateTimeField(null=True)

    verbal = models.BooleanField(default=False)
    write_up_due_at = models.DateTimeField(null=True)
    written_up_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    objects = EngagementQuerySet.as_manager()

    SEEN_BY = SeenBy(force="force", its=("case",), shows=("case", "case__referral"))

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "window_starts_at"], name="engagement_pending"),
            models.Index(fields=["force", "state"], name="engagement_force"),
            models.Index(
                fields=["write_up_due_at"],
                condition=Q(verbal=True, written_up_at=None),
                name="engagement_to_write_up",
            ),
        ]
        triggers = [
            *state_guards(MOVES.values(), initial=State.DRAFT),
            guards.text_stays(),
            guards.only_live_tasked(),
            guards.none_after_an_outcome(),
            guards.void_when_reopened(),
            guards.answered_when_sent(),
            guards.trafficking_blocks(),
            guards.outside_is_marked(),
            pgtrigger.ReadOnly(
                name="begun_for_good", fields=["case", "verbal", "write_up_due_at", "started_at"]
            ),
        ]
        constraints = [
            state_check(State, name="engagement_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values()), name="engagement_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[*WRITTEN, State.WITHDRAWN]) | Q(verbal=True) | sent(),
                name="a_sent_request_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(window_ends_at__isnull=True) | Q(window_starts_at__lt=F("window_ends_at")),
                name="the_time_asked_for_runs_forward",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RISK_ASSESSED) | (~Q(risk_level="") & ~Q(risk_controls="")),
                name="an_assessed_risk_has_its_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_TASKING)
                | (Q(tasked_at__isnull=False, tasked_by__isnull=False) & ~Q(tasked_sha256="")),
                name="tasked_says_with_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | (~Q(decline_kind="") & ~Q(answer_words="")),
                name="a_force_that_declines_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.EXECUTED, State.ABORTED, State.CONCLUDED])
                | Q(answered_at__isnull=False, happened_at__isnull=False, ended_by__isnull=False),
                name="only_what_was_accepted_is_carried_out",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CONCLUDED)
                | (Q(outcome_by__isnull=False, outcome_at__isnull=False) & ~Q(what_happened="")),
                name="an_engagements_outcome_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(verbal=False, write_up_due_at=None, written_up_at=None)
                | Q(verbal=True, write_up_due_at__isnull=False),
                name="a_verbal_one_is_to_be_written_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.case.referral.reference}"

    @property
    def power(self) -> str:
        """The legal power in words, marked where nobody has verified it."""
        return BY_CODE[self.legal_power].label if self.legal_power in BY_CODE else ""

    @property
    def is_with_force(self) -> bool:
        """Whether the force may read what it was tasked with: not what was reopened after."""
        return bool(self.tasked_sha256)

    @property
    def to_write_up(self) -> bool:
        return self.verbal and self.written_up_at is None

    def request(self, *, by: User, now: datetime) -> None:
        self.requested_by, self.requested_at = by, now

    def assess_risk(self, *, by: User, now: datetime, risk_level: str, risk_controls: str) -> None:
        self.risk_level, self.risk_controls = risk_level, risk_controls

    def send_back(self, *, by: User, now: datetime) -> None:
        self.risk_level = self.risk_controls = ""

    def task(self, *, by: User, now: datetime, sha256: str) -> None:
        self.tasked_by, self.tasked_at, self.tasked_sha256 = by, now, sha256
        self.answered_by = self.answered_at = None
        self.answer_words = self.decline_kind = ""

    def accept(self, *, by: User, now: datetime, words: str) -> None:
        self.answered_by, self.answered_at, self.answer_words = by, now, words

    def decline(self, *, by: User, now: datetime, kind: str, words: str) -> None:
        self.answered_by, self.answered_at, self.answer_words = by, now, words
        self.decline_kind = kind

    def execute(
        self, *, by: User, now: datetime, happened_at: datetime, officers: str, irregular: str
    ) -> None:
        self.ended_by, self.ended_at, self.irregular = by, now, irregular
        self.happened_at, self.officers = happened_at, officers

    def abort(self, *, by: User, now: datetime, happened_at: datetime, officers: str) -> None:
        self.ended_by, self.ended_at = by, now
        self.happened_at, self.officers = happened_at, officers

    def record_outcome(self, *, by: User, now: datetime, what_happened: str, custody_reference: str) -> None:
        self.outcome_by, self.outcome_at = by, now
        self.what_happened, self.custody_reference = what_happened, custody_reference

    def look_again(self, *, by: User, now: datetime) -> None:
        self.tasked_sha256 = ""

    def reopen(self, *, by: User, now: datetime) -> None:
        self.risk_level = self.risk_controls = self.tasked_sha256 = ""

    def withdraw(self, *, by: User, now: datetime) -> None:
        self.tasked_sha256 = ""


class EngagementChange(StateChange):
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="changes")

    SEEN_BY = with_its("engagement")

    class Meta(StateChange.Meta):
        triggers = [guards.never_the_requester()]
