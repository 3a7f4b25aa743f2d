"""What the lists of what is pending ask of the database, and the case that may not be removed meanwhile."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.rules.pending import LITIGATION, MatterKind
from referrals.models import Referral
from referrals.states import UNDECIDED
from referrals.states import State as ReferralState

DAY = timedelta(days=1)
WATCHED = (*UNDECIDED, ReferralState.ACCEPTED)  # referrals whose pending matters the desk checks
EFFECT = {"suspends": True, "unjudged": None, "none": False}


def matters(user: User, *, litigation: bool) -> QuerySet[PendingMatter]:
    """The litigation or the criminal matters of undecided and accepted referrals, with what a line shows."""
    found = PendingMatter.objects.visible_to(user).filter(referral__state__in=WATCHED)
    found = found.filter(Q(kind__in=LITIGATION) if litigation else ~Q(kind__in=LITIGATION))
    return found.select_related("referral__force", "checked_by").prefetch_related("referral__nationalities")


def asked_for(
    found: QuerySet[PendingMatter], wanted: Mapping[str, Any], now: datetime
) -> QuerySet[PendingMatter]:
    """Those asked for; where nothing is said, all that are not over.

    `wanted` may hold kind, unchecked (for how many days), tasked (a team, or nobody), effect and over.
    """
    found = found.filter(ended_at__isnull=not wanted.get("over"))
    if wanted.get("kind"):
        found = found.filter(kind__in=wanted["kind"])
    if wanted.get("unchecked"):
        found = found.filter(looked_at__lte=now - int(wanted["unchecked"]) * DAY)
    if wanted.get("tasked"):
        found = found.filter(tasked_to="" if wanted["tasked"] == "nobody" else wanted["tasked"])
    if wanted.get("effect"):
        found = found.filter(suspends_removal=EFFECT[wanted["effect"]])
    return found


def not_tasked(user: User) -> QuerySet[PendingMatter]:
    """Open litigation that is with neither Nexus Casework nor Criminal Casework."""
    return matters(user, litigation=True).filter(ended_at=None, tasked_to="")


def prosecutions_pending(referral: Referral) -> list[date]:
    """Since when each criminal matter of this person that is not over is known, oldest first."""
    found = PendingMatter.objects.filter(referral=referral, kind=MatterKind.CRIMINAL, ended_at=None)
    return sorted(matter.known_since or timezone.localdate(matter.made_at) for matter in found)


def standing_against_removal() -> QuerySet[PendingMatter]:
    """Open litigation that suspends removal, or of which nobody has said that it does not.

    What is not known never counts as no: somebody has to look before a person is removed.
    """
    not_suspending = Q(suspends_removal=False)
    return PendingMatter.objects.filter(~not_suspending, kind__in=LITIGATION, ended_at=None)
