"""What the Referrals Office decided, and what follows from an acceptance: the flag and who has the case."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nexus.accounts.models import Team, User
from nexus.privileges import only_changes
from nexus.row_security import with_its
from nexus.ui.formatting import date
from referrals.models.referral import Referral
from referrals.permissions import FlagQuerySet
from referrals.rules.matrix import REJECTS, SPEAKS_FOR, MatrixOutcome
from referrals.rules.policies import policy_of_version
from referrals.rules.policy import Policy
from referrals.rules.terms import Flag, Impact, Route, StatementNeed


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REDIRECTED = "redirected", "Redirected"


class Destination(models.TextChoices):
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework, which already has the case"
    NATIONAL_REMOVAL_COMMAND = "national_removal_command", "National Removal Command"
    REMOVALS_CASEWORK_COMMAND = "removals_casework_command", "Removals Casework Command"


# The matrix spoke for it and it was not accepted, or rejected it and it was.
APART_FROM_MATRIX = Q(outcome=Outcome.ACCEPTED, matrix_outcome__in=sorted(REJECTS)) | Q(
    outcome=Outcome.NOT_ACCEPTED, matrix_outcome__in=sorted(SPEAKS_FOR)
)


class DecisionContent(models.Model):
    """What a decision says, made or proposed, and what the rules showed when it was written."""

    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    reasons = models.TextField(help_text="The force reads these")
    balance = models.TextField(blank=True, help_text="Status, residence, family and children; internal")
    significant_impact = models.CharField(
        max_length=10, choices=Impact.choices(), blank=True, help_text="Whether the conduct is High Harm"
    )
    impact_reasons = models.TextField(blank=True, help_text="What shows it, or does not; internal")
    scope_confirmation = models.TextField(blank=True, help_text="What a person checked about scope")
    route = models.CharField(max_length=25, choices=Route.choices(), blank=True)
    significant_conviction = models.BooleanField(null=True)
    police_statement = models.CharField(max_length=15, choices=StatementNeed.choices(), blank=True)
    held_by = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: no team holds the case"
    )
    policy_version = models.CharField(max_length=20)
    assessment = models.JSONField(help_text="What the rules showed, frozen")

    class Meta:
        abstract = True

    @property
    def policy(self) -> Policy:
        """The policy it was judged by, whatever is in force now."""
        return policy_of_version(self.policy_version)


def a_complete_acceptance(name: str) -> models.CheckConstraint:
    """An acceptance says what it must, whoever writes the row."""
    return models.CheckConstraint(
        condition=~Q(outcome=Outcome.ACCEPTED)
        | (
            ~Q(route="")
            & ~Q(balance="")
            & ~Q(police_statement="")
            & ~Q(scope_confirmation="")
            & ~Q(significant_impact="")
            & ~Q(impact_reasons="")
        ),
        name=name,
    )


NOT_READ_BY_WHO_RAISED_IT = """
    IF NEW.READER = (SELECT created_by_id FROM referrals_referral WHERE id = NEW.referral_id) THEN
        RAISE EXCEPTION 'Whoever raised the referral cannot be its second reader';
    END IF;
    RETURN NEW;
"""


def not_read_by_who_raised_it(reader: str) -> pgtrigger.Trigger:
    """Whoever raised the referral is never the second reader; the column `reader` holds the reader."""
    return pgtrigger.Trigger(
        name="not_read_by_who_raised_it",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=NOT_READ_BY_WHO_RAISED_IT.replace("READER", reader),
    )


class TriageDecision(DecisionContent):
    """What a named officer decided, with reasons, on what the rules showed at that moment.

    Where the decision was proposed first, `second_reader` is the officer who read it and agreed.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    destination = models.CharField(max_length=30, choices=Destination.choices, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions_made")
    decided_at = models.DateTimeField()
    second_reader = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_read_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    matrix_outcome = models.CharField(
        "what the matrix said of the facts",
        max_length=2,
        choices=MatrixOutcome.choices(),
        editable=False,
        help_text="Frozen with the assessment; nothing follows from it",
    )

    SEEN_BY = with_its("referral")
    PRIVILEGES = only_changes("superseded_by", "superseded_at")

    class Meta:
        ordering = ["decided_at", "pk"]
        indexes = [
            # Agreement is counted from this index alone; what stands apart is read from the newest on.
            models.Index(
                fields=["decided_at"],
                include=["matrix_outcome", "outcome", "referral"],
                condition=Q(superseded_at__isnull=True),
                name="decision_agreement",
            ),
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(superseded_at__isnull=True) & APART_FROM_MATRIX,
                name="decision_apart",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(superseded_at__isnull=True), name="one_standing_decision"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="no_decision_without_reasons"),
            a_complete_acceptance("an_acceptance_is_complete"),
            models.CheckConstraint(
                condition=Q(second_reader__isnull=True, second_read_at__isnull=True)
                | Q(second_reader__isnull=False, second_read_at__isnull=False),
                name="second_reader_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(second_reader=F("decided_by")), name="a_second_reader_is_another_person"
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
        triggers = [
            pgtrigger.Protect(name="decisions_stay", operation=pgtrigger.Delete),
            not_read_by_who_raised_it("second_reader_id"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


# The first flag of a referral rests on the decision, whose reasons it does not repeat.
SET_AGAIN_WITH_REASONS = """
    IF (NEW.set_because <> '') IS DISTINCT FROM EXISTS (
        SELECT FROM referrals_specialconditionsflag WHERE referral_id = NEW.referral_id
    ) THEN
        RAISE EXCEPTION 'A flag that is set again says why, and no other';
    END IF;
    RETURN NEW;
"""


class SpecialConditionsFlag(models.Model):
    """The Nexus High Harm flag. It says the police will support; it is not allocation.

    One stands at a time. Once removed it stays so: the row keeps who removed it, when and why. A flag set again
    is a row of its own, with reasons of its own (ADR 0029); the first one's are those of the decision.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="flags")
    decision = models.ForeignKey(TriageDecision, on_delete=models.PROTECT, related_name="flags")
    text = models.CharField(max_length=30, choices=Flag.choices())
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    set_because = models.TextField(blank=True, help_text="Why it is set again; the force reads this")
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_because = models.TextField(blank=True, help_text="The force reads this")

    objects = FlagQuerySet.as_manager()

    SEEN_BY = with_its("referral")
    PRIVILEGES = only_changes("removed_by", "removed_at", "removed_because")

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(removed_at__isnull=True), name="one_standing_flag"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_because="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because="")),
                name="a_removed_flag_says_by_whom_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_removed_flag_stays_removed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="a_flag_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "referral", "decision", "text", "set_by", "set_at", "set_because"
                ),
            ),
            pgtrigger.Protect(name="flags_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_flag_set_again_says_why",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=SET_AGAIN_WITH_REASONS,
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """Nexus High Harm (Regional) · Nexus High Harm (Regional), removed on 22 November 2026"""
        return f"{self.text}, removed on {date(self.removed_at)}" if self.removed_at else self.text


class Allocation(models.Model):
    """Who has the case: the "Allocated To" field. One open row a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="allocations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="allocations")
    allocated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("referral")
    PRIVILEGES = only_changes("ended_by", "ended_at")

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
