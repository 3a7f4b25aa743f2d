"""One referral, as a force fills it in and the desk works it."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import of_force, open_to_all, with_its
from referrals.models.identity import Identity, identity_of
from referrals.models.place import NO_DAY, NO_END, OTHERS, Place, place_of
from referrals.permissions import RAISES, ReferralQuerySet
from referrals.rules.clocks import custody_end
from referrals.rules.custody import HeldUnder, custody_limit, detention_question
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.policies import policy_on
from referrals.rules.policy import Policy
from referrals.rules.terms import MaterialLevel, Status
from referrals.states import HELD, MOVES, NOT_WHILE_FOLLOWING, STATES, UNDECIDED, State

if TYPE_CHECKING:
    from referrals.models.decisions import SpecialConditionsFlag

# The standard limit of detention without charge. Police and Criminal Evidence Act 1984, s. 41(1).


PLACE = ["queue_rank", "queue_custody_ends_at", "queue_target_on", "submitted_at"]
IN_THE_QUEUE = Q(state__in=UNDECIDED, follows__isnull=True)


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


def answer_field(verbose_name: str, choices: type[models.TextChoices] = Answer) -> models.CharField:
    return models.CharField(verbose_name, max_length=10, choices=choices.choices, blank=True)


class ReferenceCounter(models.Model):
    """The last number given out in a year; taken by one statement, so never twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    SEEN_BY = open_to_all("A counter.")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Referral(StateModel):
    """A force's referral of one subject. Blank means not answered: a draft may be blank anywhere."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "referral"

    reference = models.CharField(max_length=20, unique=True, editable=False)
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
    # Of the same person, and assessed with it: see referrals/duplicates. Never shown to a force.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")

    # Referrer
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="referrals")
    own_reference = models.CharField("the force’s own reference", max_length=60, blank=True)
    officer = models.CharField("officer’s name", max_length=120, blank=True)
    officer_contact = models.CharField("officer’s e-mail address or telephone", max_length=120, blank=True)
    supervisor = models.CharField("supervisor’s name", max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    in_custody = models.BooleanField("in custody now", null=True)
    custody_reference = models.CharField(max_length=30, blank=True)
    custody_clock_started_at = models.DateTimeField("detention clock started", null=True, blank=True)
    held_under = models.CharField(
        "what the subject is held under", max_length=20, choices=HeldUnder.choices(), blank=True
    )

    # Identity (aliases and nationalities are tables of their own)
    surname = models.CharField("family name", max_length=120, blank=True)
    forenames = models.CharField("given names", max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    date_of_birth_precision = models.CharField(max_length=10, choices=DatePrecision.choices, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    place_of_birth = models.CharField(max_length=120, blank=True)
    description = models.CharField("description", max_length=300, blank=True)

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
    leave_continues = answer_field("applied in time, while leave ran")
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

    # What does not agree and may be so (`referrals/rules/checks.py`): the force's words, and the sentences they answer.
    differences_explained = models.TextField("why the answers differ", blank=True)
    differences_answered = models.JSONField(default=list, blank=True, editable=False)

    attachments_listed = models.BooleanField("every document has been added", null=True)

    # What the queue is sorted by, kept by `move`: see referrals/models/place.py. No part is ever empty.
    clock_from = models.DateTimeField("its local target counts from", null=True, editable=False)
    queue_rank = models.PositiveSmallIntegerField(default=OTHERS, editable=False)
    queue_custody_ends_at = models.DateTimeField(default=NO_END, editable=False)
    queue_target_on = models.DateField(default=NO_DAY, editable=False)
    queue_reckoned_by = models.CharField(max_length=24, blank=True, editable=False)
    # Where the matrix points by the facts as they were sent. A decision keeps its own assessment.
    matrix_outcome = models.CharField(
        max_length=2, choices=MatrixOutcome.choices(), blank=True, editable=False
    )

    objects = ReferralQuerySet.as_manager()

    if TYPE_CHECKING:
        changes: models.Manager["ReferralChange"]
        nationality_count: int

    SEEN_BY = of_force(shows=("follows",))

    class Meta:
        ordering = ["-created_at", "-pk"]
        triggers = state_guards(MOVES.values(), initial=State.DRAFT)
        indexes = [
            models.Index(fields=["force", "state"], name="referral_force_state"),
            models.Index(fields=["state", "submitted_at"], name="referral_queue"),
            models.Index(fields=["-submitted_at", "-id"], name="referral_by_day_made"),
            models.Index(fields=["force", "-created_at", "id"], name="referral_of_force_by_day"),
            # The queue's lists, each read in its order from its first row or from the one a page begins after.
            models.Index(fields=[*PLACE, "id"], condition=IN_THE_QUEUE, name="queue_by_clock"),
            models.Index(fields=["force", *PLACE, "id"], condition=IN_THE_QUEUE, name="queue_of_force"),
            models.Index(fields=["claimed_by", *PLACE, "id"], condition=IN_THE_QUEUE, name="queue_of_holder"),
            models.Index(
                fields=["matrix_outcome", *PLACE, "id"], condition=IN_THE_QUEUE, name="queue_of_outcome"
            ),
            models.Index(
                fields=[*PLACE, "id"],
                condition=IN_THE_QUEUE & Q(in_custody=True, custody_clock_started_at__isnull=False),
                name="queue_in_custody",
            ),
            models.Index(fields=["submitted_at", "id"], condition=IN_THE_QUEUE, name="queue_by_age"),
            models.Index(fields=["surname", "forenames", "id"], condition=IN_THE_QUEUE, name="queue_by_name"),
            models.Index(
                fields=[*PLACE, "id"],
                condition=Q(state=State.SUBMITTED, follows__isnull=True),
                name="queue_to_take",
            ),
            models.Index(fields=["state", *PLACE, "id"], name="queue_of_state"),
        ]
        constraints = [
            state_check(State, name="referral_state_is_known"),
            models.UniqueConstraint(fields=["created_by", "idempotency_key"], name="one_referral_per_key"),
            models.UniqueConstraint(
                fields=["force", "own_reference"],
                condition=~Q(own_reference="") & ~Q(state=State.WITHDRAWN),
                name="one_referral_an_own_reference",
            ),
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
                condition=~Q(state__in=HELD) | Q(claimed_by__isnull=False),
                name="triage_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(state=State.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
                name="withdrawn_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | Q(state__in=UNDECIDED), name="a_follower_is_undecided"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="nothing_follows_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject_name(self) -> str:
        """Family name in capitals first, as the police write it."""
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part) or "Name not given"

    @property
    def subject_initials(self) -> str:
        """A.M.K. of Ahmed Malik KHAN, for papers that leave the service; empty where no name is recorded."""
        return "".join(f"{word[0].upper()}." for word in f"{self.forenames} {self.surname}".split())

    @property
    def identity(self) -> Identity:
        """Who the subject is, told from others of the name. Lists prefetch `nationalities`."""
        return identity_of(self)

    @property
    def flag(self) -> "SpecialConditionsFlag | None":
        """The flag that stands, or the one removed last; None until accepted. Lists prefetch `flags`."""
        flags = list(self.flags.all())
        return flags[-1] if flags else None

    @property
    def flag_words(self) -> str:
        """Nexus High Harm (Regional) · Nexus High Harm (Regional), removed on 22 November 2026 · None"""
        flag = self.flag
        return flag.words if flag else "None"

    @property
    def is_undecided(self) -> bool:
        """It was sent, and neither decided nor withdrawn."""
        return self.state in UNDECIDED

    @property
    def raised_by(self) -> User:
        """Who answers for it: who started it, or who sent it where the Home Office took it by telephone."""
        started, sent = self.created_by, self.submitted_by
        return started if started.role in RAISES or sent is None else sent

    @property
    def reference_date(self) -> date:
        """The day it was submitted, in the UK; today for a draft."""
        return timezone.localdate(self.submitted_at)

    @property
    def policy(self) -> Policy:
        """The policy of its own reference date, by which it is assessed."""
        return policy_on(self.reference_date)

    @property
    def custody_ends_at(self) -> datetime | None:
        """When the detention clock runs out; it never pauses."""
        started = self.custody_clock_started_at
        limit = custody_limit(self.held_under, self.policy.detention.length)
        return custody_end(started, limit) if started and limit else None

    def detention_question(self, now: datetime) -> str:
        """What is asked wherever the clock is shown, where it is older than the law allows."""
        if not self.in_custody:
            return ""
        return detention_question(self.custody_clock_started_at, self.held_under, now)

    @property
    def is_live_time(self) -> bool:
        return self.channel == Channel.LIVE_TIME

    def settle(self, *, now: datetime) -> None:
        """Take the place in the queue that belongs to the new state."""
        self.take_place(place_of(self, now))

    def take_place(self, place: Place) -> None:
        self.queue_rank, self.queue_custody_ends_at = place.rank, place.custody
        self.queue_target_on, self.queue_reckoned_by = place.target, place.by

    def reasons_not_to_move(self, verb: str) -> list[str]:
        """The state, and that a follower is not triaged on its own."""
        reasons = super().reasons_not_to_move(verb)
        if reasons or self.follows is None or verb not in NOT_WHILE_FOLLOWING:
            return reasons
        return [
            f"{self} follows {self.follows}, which is of the same person, so it is not triaged on its own. "
            f"Continue with {self.follows}, or undo the merge."
        ]

    def submit(self, *, by: User, now: datetime) -> None:
        self.submitted_by, self.submitted_at, self.clock_from = by, now, now

    def claim(self, *, by: User, now: datetime) -> None:
        self.claimed_by, self.claimed_at = by, now

    def release(self, *, by: User | None, now: datetime) -> None:
        self.claimed_by = self.claimed_at = None

    def hand_over(self, *, by: User, now: datetime, to: User) -> None:
        self.claimed_by, self.claimed_at = to, now

    def hand_over_asked(self, *, by: User, now: datetime, to: User) -> None:
        self.claimed_by, self.claimed_at = to, now

    def withdraw(self, *, by: User, now: datetime) -> None:
        self.withdrawn_by, self.withdrawn_at = by, now

    def reopen(self, *, by: User, now: datetime) -> None:
        self.claimed_by, self.claimed_at, self.clock_from = by, now, now


class ReferralChange(StateChange):
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("referral")
