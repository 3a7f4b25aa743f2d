"""Saved views of the queue, whose default is which, and claims that ended by themselves."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nexus.accounts.models import User
from referrals.desk.permissions import SavedViewQuerySet
from referrals.models import Referral


class SavedView(models.Model):
    """Filters and sorting of the queue under a name. Never words searched for: those may be a name."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="queue_views")
    name = models.CharField(max_length=60)
    query = models.CharField("filters and sorting, as in the address", max_length=500, blank=True)
    shared = models.BooleanField("shared with everybody at the desk", default=False)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

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

    def __str__(self) -> str:
        return str(self.view)


class EndedClaim(models.Model):
    """A claim the service gave back because nobody worked on it. The officer is told once."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="ended_claims")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ended_claims")
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

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
