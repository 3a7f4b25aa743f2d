"""Saved views of the queue with their defaults and alerts, claims that ended by themselves, clocks told of."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nexus.accounts.models import User
from nexus.notifications.kinds import Delivery
from nexus.row_security import OFFICE_ONLY, with_its
from nexus.ui.formatting import count
from referrals.desk.permissions import SavedViewQuerySet
from referrals.models import Referral
from referrals.rules.clocks import Threshold


class SavedView(models.Model):
    """Filters and sorting of the queue under a name. Never words searched for: those may be a name."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="queue_views")
    name = models.CharField(max_length=60)
    query = models.CharField("filters and sorting, as in the address", max_length=500, blank=True)
    shared = models.BooleanField("shared with everybody at the desk", default=False)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    SEEN_BY = OFFICE_ONLY

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="one_view_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="a_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view a person's queue opens with."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="default_queue_view")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="default_of")

    SEEN_BY = OFFICE_ONLY

    def __str__(self) -> str:
        return str(self.view)


class EndedClaim(models.Model):
    """A claim the service gave back because nobody worked on it. The officer is told once."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="ended_claims")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ended_claims")
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["ended_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "claimed_at"], name="a_claim_ends_once"),
        ]
        indexes = [
            models.Index(fields=["officer"], condition=Q(told_at=None), name="ended_claim_untold"),
        ]

    def __str__(self) -> str:
        return f"Claim {self.pk}"


class Clock(models.TextChoices):
    """What runs for a referral: a local target by its stage, or the detention clock."""

    CLAIM = "claim", "Local target to claim"
    DECIDE = "decide", "Local target to decide"
    CUSTODY = "custody", "Custody clock"


class ClockNotice(models.Model):
    """That people were told of a clock: once for each referral, clock and threshold.

    `runs_from` tells a clock from the one that runs again after a referral is reopened.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="clock_notices")
    clock = models.CharField(max_length=10, choices=Clock.choices)
    threshold = models.CharField(max_length=10, choices=Threshold.choices())
    runs_from = models.DateTimeField()
    told_at = models.DateTimeField()

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "clock", "threshold", "runs_from"], name="one_notice_a_threshold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()} {self.pk}"


class HowOften(models.TextChoices):
    """How a person hears of what newly enters a view. No row: not at all."""

    INSTANT = Delivery.INSTANT.value, "At once, for each referral"
    DAILY = Delivery.DAILY.value, "Once a day, how many"
    WEEKLY = Delivery.WEEKLY.value, "Once a week, how many"


class ViewAlert(models.Model):
    """One person wants to hear what newly enters a view, their own or a shared one."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="alerts")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="view_alerts")
    how_often = models.CharField(max_length=10, choices=HowOften.choices)
    set_at = models.DateTimeField()

    SEEN_BY = OFFICE_ONLY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["view", "person"], name="one_alert_a_view_and_person"),
            models.CheckConstraint(
                condition=Q(how_often__in=HowOften.values), name="how_often_an_alert_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class ViewEntry(models.Model):
    """A referral that is in the view since the last look; gone from it, gone from here."""

    alert = models.ForeignKey(ViewAlert, on_delete=models.CASCADE, related_name="entries")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    entered_at = models.DateTimeField()

    SEEN_BY = with_its("referral")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "referral"], name="a_referral_enters_a_view_once"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"


class ViewDigest(models.Model):
    """How many have entered a view in the day or week that began on `day`: what a digest says."""

    alert = models.ForeignKey(ViewAlert, on_delete=models.CASCADE, related_name="digests")
    how_often = models.CharField(max_length=10, choices=HowOften.choices)
    day = models.DateField()
    entered = models.PositiveIntegerField(default=0)

    SEEN_BY = OFFICE_ONLY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "how_often", "day"], name="one_digest_a_period"),
        ]

    def __str__(self) -> str:
        return f"Digest {self.pk}"

    @property
    def in_words(self) -> str:
        """What a notification calls it: 3 referrals"""
        return count(self.entered, "referral")
