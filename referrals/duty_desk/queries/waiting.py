"""What waits at the Duty Desk, for nexus/parts.py."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.parts import WorkWaiting
from nexus.working_days import local_day
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.permissions import CALLS, DESK
from referrals.duty_desk.queries.pending import not_tasked
from referrals.duty_desk.queries.telephone import being_completed
from referrals.rules.policies import policy_on


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """Calls to complete, for the force and for who takes them; litigation to task, for the desk."""
    if user.role in POLICE_ROLES:
        found = being_completed().filter(referral__force=user.force_id)
        path = f"{reverse('referrals:list')}?telephone=on"
        yield WorkWaiting("Taken by telephone: complete and send", found.count(), path, late(found, now))
    if user.role in CALLS["view_calls"]:
        found, path = being_completed(), reverse("duty_desk:calls")
        yield WorkWaiting(
            "Live-time calls being completed by the force", found.count(), path, late(found, now)
        )
    if user.role in DESK:
        path = f"{reverse('duty_desk:litigation')}?tasked=nobody"
        yield WorkWaiting("Litigation to task", not_tasked(user).count(), path)


def late(found: QuerySet[TelephoneReferral], now: datetime) -> int:
    """How many custody clocks of these drafts have ended, by the limit of today."""
    limit = policy_on(local_day(now)).detention.length
    return found.filter(
        referral__in_custody=True, referral__custody_clock_started_at__lte=now - limit
    ).count()
