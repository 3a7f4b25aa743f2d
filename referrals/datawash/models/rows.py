"""The subjects of a list, and what the wash found of each."""

from datetime import date

from django.db import models
from django.db.models import Q

from nexus.row_security import with_its
from nexus.ui import formatting
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import POTS, UNCONFIRMED
from referrals.datawash.models.register import Person
from referrals.datawash.models.washes import Wash
from referrals.datawash.permissions import CandidateQuerySet
from referrals.models import Referral

GRADES = [(grade.value, grade.value.capitalize()) for grade in Grade]
TO_REVIEW = [grade.value for grade in Grade if grade in UNCONFIRMED]
POT_CHOICES = [(pot, pot[0].upper() + pot[1:]) for pot in POTS]


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
    dob_doubt = models.CharField(
        max_length=200, blank=True, help_text="Why it is doubtful; such a row is never exact"
    )
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

    SEEN_BY = with_its("wash", shows=("person",))

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

    SEEN_BY = with_its("row")

    class Meta:
        ordering = ["row", "place"]
        constraints = [
            models.UniqueConstraint(fields=["row", "person"], name="one_pair_a_row_and_person"),
            models.UniqueConstraint(fields=["row", "place"], name="one_candidate_a_place"),
        ]

    def __str__(self) -> str:
        return f"Pair {self.pk}"
