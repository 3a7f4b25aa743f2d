"""What waits at the Duty Desk, for nexus/parts.py."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.parts import Urgency, WaitingItem, WorkWaiting
from nexus.waiting import due, foremost
from nexus.working_days import local_day
from referrals.duty_desk.models import Enquiry, PendingMatter, TelephoneReferral
from referrals.duty_desk.permissions import CALLS, DESK
from referrals.duty_desk.queries.pending import WATCHED, not_tasked
from referrals.duty_desk.queries.telephone import being_completed
from referrals.duty_desk.states import State
from referrals.permissions import TRIAGES
from referrals.rules.policies import policy_on


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """Calls to complete, for the force and for who takes them; litigation to task, for the desk."""
    if user.role in POLICE_ROLES:
        found = being_completed().filter(referral__force=user.force_id)
        path = f"{reverse('referrals:list')}?telephone=on"
        yield WorkWaiting("Taken by telephone: complete and send", found, path, late(found, now))
    if user.role in CALLS["view_calls"]:
        found, path = being_completed(), reverse("duty_desk:calls")
        yield WorkWaiting("Live-time calls being completed by the force", found, path, late(found, now))
    if user.role in DESK:
        path = f"{reverse('duty_desk:litigation')}?tasked=nobody"
        yield WorkWaiting("Litigation to task", not_tasked(user), path)


def late(found: QuerySet[TelephoneReferral], now: datetime) -> QuerySet[TelephoneReferral]:
    """Those of these drafts whose custody clock has ended, by the limit of today."""
    limit = policy_on(local_day(now)).detention.length
    return found.filter(referral__in_custody=True, referral__custody_clock_started_at__lte=now - limit)


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """The enquiries this officer answers, litigation to task, and what is to be checked by today. Three queries."""
    if user.role not in TRIAGES:
        return
    enquiries = Enquiry.objects.visible_to(user).filter(owner=user, state=State.OPEN)
    for enquiry in foremost(enquiries.select_related("referral"), "logged_at", "pk"):
        path, referral = reverse("duty_desk:detail", args=[enquiry.pk]), enquiry.referral
        reference = referral.reference if referral else ""
        act = "Answer the enquiry at the Duty Desk"
        yield WaitingItem(act, Urgency.HELD, enquiry.logged_at, path, enquiry, reference, str(enquiry))
    for matter in foremost(not_tasked(user), "made_at", "pk"):
        yield WaitingItem("Task the litigation", Urgency.WAITING, matter.made_at, *_of(matter))
    today = local_day(now)
    watched = PendingMatter.objects.visible_to(user).filter(
        referral__state__in=WATCHED, referral__claimed_by=user
    )
    to_check = watched.filter(ended_at=None, next_on__lte=today).select_related("referral")
    for matter in foremost(to_check, "next_on", "pk"):
        path, row, reference = _of(matter)
        act = f"Check again: {matter.get_kind_display().lower()}"
        yield due(act, matter.next_on or today, path, row, now=now, reference=reference)


def _of(matter: PendingMatter) -> tuple[str, PendingMatter, str]:
    return reverse("duty_desk:matter", args=[matter.pk]), matter, matter.referral.reference
