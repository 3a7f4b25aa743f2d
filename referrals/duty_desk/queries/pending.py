"""What the lists of what is pending ask of the database."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from nexus.accounts.models import User
from referrals.duty_desk.models import PendingMatter
from referrals.states import UNDECIDED
from referrals.states import State as ReferralState

DAY = timedelta(days=1)
WATCHED = (*UNDECIDED, ReferralState.ACCEPTED)  # referrals whose pending matters the desk checks


def matters(user: User) -> QuerySet[PendingMatter]:
    """What the desk watches: the matters of undecided and accepted referrals, with what a line shows."""
    found = PendingMatter.objects.visible_to(user).filter(referral__state__in=WATCHED)
    return found.select_related("referral__force", "checked_by")


def matters_asked_for(wanted: Mapping[str, Any], user: User, now: datetime) -> QuerySet[PendingMatter]:
    """Those asked for; where nothing is said, all that are not over. `wanted` may hold kind, unchecked (for
    how many days) and over."""
    found = matters(user).filter(ended_at__isnull=not wanted.get("over"))
    if wanted.get("kind"):
        found = found.filter(kind__in=wanted["kind"])
    if wanted.get("unchecked"):
        found = found.filter(looked_at__lte=now - int(wanted["unchecked"]) * DAY)
    return found
