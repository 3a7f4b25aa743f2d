"""Cases that belong together, and people around the subject who have no case."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from casework.models.case import Case
from nexus.accounts.models import User
from nexus.privileges import only_changes
from nexus.row_security import with_its


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

    SEEN_BY = with_its("case", "other")

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


class PersonRelation(models.TextChoices):
    PARTNER = "partner", "Partner or spouse"
    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    FAMILY = "family", "Other family"
    CO_OFFENDER = "co_offender", "Co-offender"
    ASSOCIATE = "associate", "Associate"
    VICTIM = "victim", "Victim of the conduct"
    WITNESS = "witness", "Witness of the conduct"
    OTHER = "other", "Other"


# "Victim and witness events never count as offending": nothing is counted of these people, and each page says so.
NOT_OFFENDING = frozenset({PersonRelation.VICTIM, PersonRelation.WITNESS})
SAID_OF_A_PERSON = ("case", "name", "relation", "known", "source", "disclosable", "replaces", "because")

A_CORRECTION_STAYS_WITH_ITS_CASE = """
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM casework_relatedperson
        WHERE id = NEW.replaces_id AND case_id = NEW.case_id AND removed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'A correction is of a person of the same case who has not been removed';
    END IF;
    RETURN NEW;
"""


class RelatedPerson(models.Model):
    """A person around the subject who has no case here, and what is known of them from where.

    What was written stays: a correction is a row of its own that replaces the one before, with its reason.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=15, choices=PersonRelation.choices)
    known = models.TextField("what is known")
    source = models.CharField(max_length=200)
    disclosable = models.BooleanField("may be disclosed")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    because = models.TextField("why it was corrected", blank=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_because = models.TextField(blank=True)

    SEEN_BY = with_its("case")
    PRIVILEGES = only_changes("removed_by", "removed_at", "removed_because")

    class Meta:
        ordering = ["added_at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="what_was_written_of_a_person_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*SAID_OF_A_PERSON),
            ),
            pgtrigger.Protect(
                name="a_removed_person_stays_removed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="a_correction_stays_with_its_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=A_CORRECTION_STAYS_WITH_ITS_CASE,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=PersonRelation.values), name="a_person_is_of_a_known_relation"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(known="") & ~Q(source=""), name="a_person_says_who_what_and_whence"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, because="") | (Q(replaces__isnull=False) & ~Q(because="")),
                name="a_correction_of_a_person_says_why",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_because="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because="")),
                name="a_removed_person_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Related person {self.pk}"

    @property
    def never_offending(self) -> bool:
        """A victim or a witness of the conduct: nothing of them ever counts as offending."""
        return self.relation in NOT_OFFENDING

    @property
    def stands(self) -> bool:
        """Whether this is what is known now: neither corrected since nor removed."""
        return self.removed_at is None and not hasattr(self, "replaced_by")
