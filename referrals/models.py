"""One referral, from a force's first draft to the Referrals Office's decision."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django_fsm import transition

from nexus.accounts.models import Force, Team, User
from nexus.documents.models import Marking, StoredFile
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from referrals.permissions import FlagQuerySet, QuestionQuerySet, ReferralQuerySet
from referrals.rules.clocks import custody_end
from referrals.rules.terms import (
    ConductKind,
    Flag,
    MaterialLevel,
    Part,
    Route,
    SentenceType,
    StatementNeed,
    Status,
)
from referrals.states import MOVES, State

# The standard limit of detention without charge. Police and Criminal Evidence Act 1984, s. 41(1).
CUSTODY_LIMIT = timedelta(hours=24)


class Channel(models.TextChoices):
    STANDARD = "standard", "Standard"
    LIVE_TIME = "live_time", "Live-time: urgent, for example a subject in custody now"


class Answer(models.TextChoices):
    """For questions where "not known" is an answer and blank is not."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Pending(models.TextChoices):
    """For pending matters "none known" is an answer and blank is not."""

    YES = "yes", "Yes"
    NONE_KNOWN = "none_known", "None known"


class DatePrecision(models.TextChoices):
    EXACT = "exact", "Exact"
    YEAR_ONLY = "year_only", "Year only"
    ESTIMATED = "estimated", "Estimated"


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NOT_KNOWN = "not_known", "Not known"


class NationalitySource(models.TextChoices):
    CLAIMED = "claimed", "Claimed by the subject"
    DOCUMENT = "document", "Seen in a document"
    HOME_OFFICE = "home_office", "Home Office record"


def answer_field(verbose_name: str, choices: type[models.TextChoices] = Answer) -> models.CharField:
    return models.CharField(verbose_name, max_length=10, choices=choices.choices, blank=True)


class ReferenceCounter(models.Model):
    """The last number given out in a year; taken by one statement, so never twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Referral(StateModel):
    """A force's referral of one subject. Blank means not answered: a draft may be blank anywhere."""

    MOVES = MOVES
    NOUN = "referral"

    reference = models.CharField(max_length=15, unique=True, editable=False)
    state = state_field(State, State.DRAFT)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals_created")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="referrals_claimed"
    )
    claimed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    # Referrer
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="referrals")
    officer = models.CharField("officer’s name", max_length=120, blank=True)
    officer_contact = models.CharField("officer’s e-mail address or telephone", max_length=120, blank=True)
    supervisor = models.CharField("supervisor’s name", max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    in_custody = models.BooleanField("in custody now", null=True)
    custody_reference = models.CharField(max_length=30, blank=True)
    custody_clock_started_at = models.DateTimeField("detention clock started", null=True, blank=True)

    # Identity (aliases and nationalities are tables of their own)
    surname = models.CharField("family name", max_length=120, blank=True)
    forenames = models.CharField("given names", max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    date_of_birth_precision = models.CharField(max_length=10, choices=DatePrecision.choices, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    place_of_birth = models.CharField(max_length=120, blank=True)

    # Scope check
    may_be_british = answer_field("British, or possibly British")
    may_be_irish = answer_field("Irish, or possibly Irish")
    right_of_abode = answer_field("right of abode, or exempt from immigration control")
    long_resident = answer_field("in the UK since childhood, or for many years")
    scope_evidence = models.TextField("what was looked at", blank=True)

    # Identifiers
    pnc_id = models.CharField("PNC ID", max_length=14, blank=True)
    cro_number = models.CharField("CRO number", max_length=14, blank=True)
    home_office_reference = models.CharField("Home Office reference", max_length=30, blank=True)
    cid_person_id = models.CharField("CID or Atlas person ID", max_length=30, blank=True)
    prison_number = models.CharField(max_length=20, blank=True)
    passport_number = models.CharField(max_length=30, blank=True)
    no_identifiers_known = models.BooleanField(default=False)

    # Immigration
    immigration_status = models.CharField(max_length=30, choices=Status.choices(), blank=True)
    status_as_at = models.DateField("status correct on", null=True, blank=True)
    status_source = models.CharField("where the status comes from", max_length=120, blank=True)
    settlement_scheme = models.CharField("EU Settlement Scheme status", max_length=120, blank=True)
    arrived_on = models.DateField("arrived in the UK", null=True, blank=True)
    arrived_on_precision = models.CharField(max_length=10, choices=DatePrecision.choices, blank=True)
    age_at_arrival = models.PositiveSmallIntegerField("age at arrival, in years", null=True, blank=True)
    years_of_residence = models.PositiveSmallIntegerField(
        "residence in the UK, in years", null=True, blank=True
    )
    active_claim = answer_field("active asylum or human-rights claim")
    active_claim_details = models.TextField(blank=True)

    # Active police interest
    active_police_interest = models.BooleanField(null=True)
    interest_what = models.TextField("what the interest is", blank=True)
    interest_by = models.CharField("who has the interest", max_length=120, blank=True)
    interest_on = models.DateField("date of the interest", null=True, blank=True)
    removal_priority = models.BooleanField("would be a priority to remove", null=True)

    # Harm
    harm_physical = models.BooleanField("physical", default=False)
    harm_emotional = models.BooleanField("emotional", default=False)
    harm_financial = models.BooleanField("financial", default=False)
    harm_to_individuals = models.BooleanField("individuals", default=False)
    harm_to_community = models.BooleanField("the wider community", default=False)
    harm_narrative = models.TextField("what happened and its impact", blank=True)

    # Conduct events are a table of their own
    conduct_listed = models.BooleanField("every event has been added", null=True)

    # Disclosable material
    material_level = models.CharField(max_length=10, choices=MaterialLevel.choices(), blank=True)
    threat_current = models.BooleanField("the threat is current", null=True)
    threat_ongoing = models.BooleanField("the threat is ongoing", null=True)
    material_description = models.TextField("what the material shows", blank=True)

    # Pending matters
    pending_criminal = answer_field("criminal proceedings", Pending)
    pending_criminal_details = models.TextField(blank=True)
    pending_litigation = answer_field("immigration litigation", Pending)
    pending_litigation_details = models.TextField(blank=True)
    pending_appeals = answer_field("appeals", Pending)
    pending_appeals_details = models.TextField(blank=True)

    # Family, health and vulnerability
    has_partner = answer_field("partner in the UK")
    has_children = answer_field("children in the UK")
    health_condition = answer_field("health condition")
    mental_health_order = answer_field("order under the Mental Health Act")
    trafficking_indicator = answer_field("trafficking indicator or National Referral Mechanism")
    under_18 = answer_field("under 18")
    vulnerability_details = models.TextField("what is known", blank=True)

    # Commitment
    commits_information = models.BooleanField("additional information", default=False)
    commits_tracing = models.BooleanField("help tracing absconders", default=False)
    commits_evidence = models.BooleanField("evidence in person at tribunal", default=False)
    commits_resources = models.BooleanField("resources to serve papers, arrest or detain", default=False)
    signatory = models.CharField("who signs for the force", max_length=120, blank=True)
    signatory_post = models.CharField("their rank or post", max_length=120, blank=True)

    attachments_listed = models.BooleanField("every document has been added", null=True)

    objects = ReferralQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["ReferralChange"]
        nationality_count: int

    class Meta:
        ordering = ["-created_at", "-pk"]
        triggers = state_guards(MOVES.values(), initial=State.DRAFT)
        indexes = [
            models.Index(fields=["force", "state"], name="referral_force_state"),
            models.Index(fields=["state", "submitted_at"], name="referral_queue"),
        ]
        constraints = [
            state_check(State, name="referral_state_is_known"),
            models.UniqueConstraint(fields=["created_by", "idempotency_key"], name="one_referral_per_key"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_by__isnull=True)
                | Q(claimed_at__isnull=False, claimed_by__isnull=False),
                name="claimed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="only_a_draft_is_not_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.IN_TRIAGE, State.INFORMATION_REQUESTED])
                | Q(claimed_by__isnull=False),
                name="triage_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(state=State.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
                name="withdrawn_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject_name(self) -> str:
        """Family name in capitals first, as the police write it."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part) or "Name not given"

    @property
    def custody_ends_at(self) -> datetime | None:
        """When the detention clock runs out; it never pauses."""
        started = self.custody_clock_started_at
        return custody_end(started, CUSTODY_LIMIT) if started else None

    @transition("state", *MOVES["submit"].ends)
    def submit(self, *, by: User, now: datetime) -> None:
        self.submitted_by, self.submitted_at = by, now

    @transition("state", *MOVES["claim"].ends)
    def claim(self, *, by: User, now: datetime) -> None:
        self.claimed_by, self.claimed_at = by, now

    @transition("state", *MOVES["release"].ends)
    def release(self, *, by: User | None, now: datetime) -> None:
        self.claimed_by = self.claimed_at = None

    @transition("state", *MOVES["hand_over"].ends)
    def hand_over(self, *, by: User, now: datetime, to: User) -> None:
        self.claimed_by, self.claimed_at = to, now

    @transition("state", *MOVES["request_information"].ends)
    def request_information(self, *, by: User, now: datetime) -> None:
        """The questions are an `InformationRequest`."""

    @transition("state", *MOVES["answer_information"].ends)
    def answer_information(self, *, by: User, now: datetime) -> None:
        """The last answer came; the answers are on the `Question`s."""

    @transition("state", *MOVES["take_back"].ends)
    def take_back(self, *, by: User, now: datetime) -> None:
        """What was not answered stays unanswered."""

    @transition("state", *MOVES["accept"].ends)
    def accept(self, *, by: User, now: datetime) -> None:
        """Reasons, flag and allocation are rows of their own."""

    @transition("state", *MOVES["not_accept"].ends)
    def not_accept(self, *, by: User, now: datetime) -> None:
        """The reasons are on the `TriageDecision`."""

    @transition("state", *MOVES["redirect"].ends)
    def redirect(self, *, by: User, now: datetime) -> None:
        """Where to, and the reasons, are on the `TriageDecision`."""

    @transition("state", *MOVES["withdraw"].ends)
    def withdraw(self, *, by: User, now: datetime) -> None:
        self.withdrawn_by, self.withdrawn_at = by, now

    @transition("state", *MOVES["reopen"].ends)
    def reopen(self, *, by: User, now: datetime) -> None:
        self.claimed_by, self.claimed_at = by, now


class ReferralChange(StateChange):
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")


class Alias(models.Model):
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("other name", max_length=240)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Nationality(models.Model):
    """One nationality and how it is known: a claimed one is never taken as fact."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="nationalities")
    code = models.CharField("nationality", max_length=3)
    source = models.CharField("how it is known", max_length=12, choices=NationalitySource.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "code"],
                name="one_row_a_nationality",
                violation_error_message="This nationality has been added already.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Standing(models.TextChoices):
    STANDS = "stands", "Stands"
    UNDER_APPEAL = "under_appeal", "Under appeal"
    QUASHED = "quashed", "Quashed"


class Grounding(models.TextChoices):
    FACT = "fact", "Fact, on record"
    ASSESSMENT = "assessment", "Assessment"


class ConductEvent(models.Model):
    """One recorded event and the subject's own part in it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="conduct")
    kind = models.CharField("kind of event", max_length=30, choices=ConductKind.choices())
    part = models.CharField("the subject’s part", max_length=10, choices=Part.choices())
    offence = models.CharField("offence or conduct", max_length=200)
    offence_code = models.CharField(max_length=20, blank=True)
    offence_on = models.DateField("date of the offence or conduct", null=True, blank=True)
    convicted_on = models.DateField("date of conviction", null=True, blank=True)
    sentenced_on = models.DateField("date of sentence", null=True, blank=True)
    court = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=3, default="GBR")
    sentence_type = models.CharField(max_length=15, choices=SentenceType.choices(), blank=True)
    sentence_months = models.PositiveSmallIntegerField("length of sentence, in months", null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.STANDS)
    grounding = models.CharField("fact or assessment", max_length=10, choices=Grounding.choices)
    source_grading = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-convicted_on", "-offence_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["conviction", "overseas_conviction"]) | Q(convicted_on__isnull=True),
                name="only_convictions_have_a_conviction_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.offence}"


class Attachment(models.Model):
    """A document sent with the referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    question = models.ForeignKey(
        "Question",
        on_delete=models.PROTECT,
        null=True,
        related_name="attachments",
        help_text="Answered with it",
    )
    description = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    disclosable = models.BooleanField("may be disclosed")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description


class InformationRequest(models.Model):
    """What the Referrals Office asks a force at one time: one question or several. The local target waits
    while it is open: from the asking until the last answer, or until nothing is waited for any more."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="information_requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(
        null=True, help_text="The last question was settled, or the referral was withdrawn or taken back"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(closed_at__isnull=True), name="one_open_request_a_referral"
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Question(models.Model):
    """One thing asked of the force, of one person there, by one day; answered or withdrawn by itself."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions_owned")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True, help_text="The force reads this")
    # When its owner was reminded, and when those concerned were told that the day has passed.
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_question_a_number"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="an_answer_has_text_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, answered_at__isnull=True)
                    & ~Q(withdrawn_reason="")
                ),
                name="a_withdrawn_question_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="question_unsettled",
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

    @property
    def is_open(self) -> bool:
        """Still waited for. Its request must be at hand."""
        return self.answered_at is None and self.withdrawn_at is None and self.request.closed_at is None


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REDIRECTED = "redirected", "Redirected"


class Destination(models.TextChoices):
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework, which already has the case"
    NATIONAL_REMOVAL_COMMAND = "national_removal_command", "National Removal Command"
    REMOVALS_CASEWORK_COMMAND = "removals_casework_command", "Removals Casework Command"


class TriageDecision(models.Model):
    """What a named officer decided, with reasons, on what the rules showed at that moment."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    destination = models.CharField(max_length=30, choices=Destination.choices, blank=True)
    reasons = models.TextField(help_text="The force reads these")
    balance = models.TextField(blank=True, help_text="Status, residence, family and children; internal")
    scope_confirmation = models.TextField(blank=True, help_text="What a person checked about scope")
    route = models.CharField(max_length=25, choices=Route.choices(), blank=True)
    significant_conviction = models.BooleanField(null=True)
    police_statement = models.CharField(max_length=15, choices=StatementNeed.choices(), blank=True)
    held_by = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: no team holds the case"
    )
    policy_version = models.CharField(max_length=20)
    assessment = models.JSONField(help_text="What the rules showed, frozen")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions_made")
    decided_at = models.DateTimeField()
    superseded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(superseded_at__isnull=True), name="one_standing_decision"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="no_decision_without_reasons"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ACCEPTED)
                | (~Q(route="") & ~Q(balance="") & ~Q(police_statement="") & ~Q(scope_confirmation="")),
                name="an_acceptance_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REDIRECTED) & ~Q(destination="")
                | ~Q(outcome=Outcome.REDIRECTED) & Q(destination=""),
                name="only_a_redirection_has_a_destination",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_by__isnull=True)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False, outcome=Outcome.NOT_ACCEPTED),
                name="only_a_refusal_is_superseded",
            ),
        ]
        triggers = [pgtrigger.Protect(name="decisions_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_outcome_display()


class SpecialConditionsFlag(models.Model):
    """The Nexus High Harm flag. It says the police will support; it is not allocation."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="flag")
    decision = models.OneToOneField(TriageDecision, on_delete=models.PROTECT, related_name="flag")
    text = models.CharField(max_length=30, choices=Flag.choices())
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = FlagQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text


class Allocation(models.Model):
    """Who has the case: the "Allocated To" field. One open row a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="allocations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="allocations")
    allocated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["allocated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="one_open_allocation"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.team)
