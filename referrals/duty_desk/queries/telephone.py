"""Live-time calls: what the force has still to complete, and its custody clock."""

from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, When

from nexus.accounts.models import User
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.permissions import CallQuerySet
from referrals.models import Referral
from referrals.queue import Clock, custody_clock
from referrals.states import State

# Being completed first, the one whose custody clock ends first on top; then those that were sent.
ORDER = ["stage", "referral__custody_clock_started_at", "-taken_at"]


def calls(user: User) -> CallQuerySet:
    """All calls, with what a line shows. `stage` 0: the force has not completed it."""
    draft = When(referral__state=State.DRAFT, then=0)
    return (
        TelephoneReferral.objects.visible_to(user)
        .annotate(stage=Case(draft, default=1, output_field=IntegerField()))
        .select_related("referral__force", "taken_by")
        .prefetch_related("referral__nationalities")
    )


def being_completed() -> QuerySet[TelephoneReferral]:
    return TelephoneReferral.objects.filter(referral__state=State.DRAFT)


def custody_of(referral: Referral, now: datetime) -> Clock | None:
    """The custody clock of a draft: elapsed time, running while the form is filled in."""
    return custody_clock(referral, now, {State.DRAFT})
