"""Pairs that may be one person, when they were looked for, what an officer said of them, and merges."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nexus.accounts.models import User
from nexus.privileges import only_changes
from nexus.row_security import with_its
from referrals.datawash.models import Person
from referrals.duplicates.permissions import JudgementQuerySet, MergeQuerySet, PairQuerySet
from referrals.models import Referral


class Search(models.Model):
    """The last look for the subject of a referral. `details` is a digest of what was compared."""

    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, primary_key=True, related_name="duplicate_search"
    )
    details = models.CharField(max_length=64)
    model_version = models.CharField(max_length=20)
    searched_at = models.DateTimeField()

    SEEN_BY = with_its("referral")

    class Meta:
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return f"Search for {self.referral_id}"


class Pair(models.Model):
    """A referral and an `other`, or a person of the register, that may be one person, and why.

    Two referrals are one pair whichever was looked for: `referral` is the one that was started first.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Referral, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    probability = models.FloatField()
    steps = models.JSONField(default=list, help_text="[{field, words, weight}], the starting point first")
    found_at = models.DateTimeField()

    objects = PairQuerySet.as_manager()

    SEEN_BY = with_its("referral", "other")

    class Meta:
        ordering = ["-probability", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "other"], name="one_pair_of_two_referrals"),
            models.UniqueConstraint(fields=["referral", "person"], name="one_pair_of_referral_and_person"),
            models.CheckConstraint(
                condition=Q(other__isnull=False, person__isnull=True)
                | Q(other__isnull=True, person__isnull=False),
                name="a_pair_has_two_sides",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | Q(other__gt=F("referral")), name="the_older_referral_first"
            ),
        ]

    def __str__(self) -> str:
        return f"Pair {self.pk}"

    def besides(self, referral: Referral) -> Referral | None:
        """The other referral, seen from this one; None where the other side is a person of the register."""
        return self.other if self.referral_id == referral.pk else self.referral


class Verdict(models.TextChoices):
    SAME = "same", "The same person"
    NOT_SAME = "not_same", "Not the same person"


class Judgement(models.Model):
    """What a named officer said of a pair. It stands until it is taken back with a reason."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(blank=True)

    objects = JudgementQuerySet.as_manager()

    SEEN_BY = with_its("pair")
    PRIVILEGES = only_changes("taken_back_by", "taken_back_at", "taken_back_reason")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(taken_back_at__isnull=True), name="one_standing_judgement"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="no_judgement_without_a_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_reason="")),
                name="taken_back_says_by_whom_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_judgement_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["taken_back_by", "taken_back_at", "taken_back_reason"]
                ),
            ),
            pgtrigger.Protect(
                name="taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_back_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Judgement {self.pk}"


class Merge(models.Model):
    """A named officer has one referral lead and the other follow, because they are of one person.

    Nothing is copied or deleted: `Referral.follows` says it where triage asks, this row says who and why. It
    stands until it is undone with a reason, or until a force withdraws either referral (`undone_by` empty).
    """

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="merges")
    leading = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    follower = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.TextField(blank=True)

    objects = MergeQuerySet.as_manager()

    SEEN_BY = with_its("leading", "follower")
    PRIVILEGES = only_changes("undone_by", "undone_at", "undone_reason")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follower"], condition=Q(undone_at__isnull=True), name="one_standing_merge"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="no_merge_without_a_reason"),
            models.CheckConstraint(condition=~Q(leading=F("follower")), name="a_merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="")),
                name="undone_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_merge_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["undone_by", "undone_at", "undone_reason"]),
            ),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"
