"""Live-time referrals that came by telephone: what was said on the call, and what the desk advised."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE, only_changes
from nexus.row_security import with_its
from referrals.duty_desk.models.enquiries import written_once
from referrals.duty_desk.permissions import CallQuerySet
from referrals.models import Referral


class TelephoneReferral(models.Model):
    """A call of somebody in a hurry, and the draft it began. The force completes and sends the draft.

    The row is what was said, and is never changed: what is known better later goes into the referral.
    `account` is the caller's own, where they have one and named it.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="telephone")
    caller = models.CharField("name of the caller", max_length=120)
    contact = models.CharField("how to reach them", max_length=120, blank=True)
    account = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why_urgent = models.TextField("why it is urgent")
    asked = models.TextField("what is asked", blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = CallQuerySet.as_manager()

    SEEN_BY = with_its("referral")
    PRIVILEGES = only_changes(
        "id"
    )  # whoever locks a row must be allowed one change; the guard refuses that too

    class Meta:
        ordering = ["-taken_at", "-pk"]
        triggers = [written_once()]
        constraints = [
            models.CheckConstraint(condition=~Q(caller=""), name="a_caller_is_named"),
            models.CheckConstraint(condition=~Q(why_urgent=""), name="a_call_says_why_it_is_urgent"),
        ]

    def __str__(self) -> str:
        return f"Telephone referral {self.referral_id}"


class CallAdvice(models.Model):
    """What the desk or the CIO or HMI on call told the force by telephone; the force reads it too."""

    call = models.ForeignKey(TelephoneReferral, on_delete=models.PROTECT, related_name="advice")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    SEEN_BY = with_its("call")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        verbose_name_plural = "call advice"
        ordering = ["at", "pk"]
        triggers = [written_once()]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="advice_says_something")]

    def __str__(self) -> str:
        return f"Advice on {self.call_id}"
