"""What of police support waits for one person: what to pass on, what was answered, what the force still owes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.support.models import SupportRequest
from casework.support.permissions import OFFICE
from casework.support.queries import is_overdue, of_own_cases
from casework.support.states import State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import due, foremost

NEWS_FOR = timedelta(days=3)  # what a force answered stands among the news so long; local
LATE = "Ask the force after its support"


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Two queries at most."""
    seen = SupportRequest.objects.visible_to(user).select_related("referral")
    if user.role in OFFICE:
        for request in foremost(seen.filter(state=State.SUBMITTED), "due_on", "pk"):
            yield _due(request, "Pass the request for support on to the force", now)
    own = None
    if user.role == Role.CASE_OWNER:
        own = seen.filter(of_own_cases(user))
    elif user.role == Role.CRIMINAL_CASEWORK:
        own = seen.filter(asked_by=user)
    if own is None:
        return
    for request in foremost(own.filter(is_overdue(timezone.localdate(now))), "due_on", "pk"):
        yield _due(request, LATE, now)
    news = own.filter(state=State.DECLINED, answered_at__gte=now - NEWS_FOR)
    for request in foremost(news, "answered_at", "pk"):
        act = "Read why the force declined support"
        yield WaitingItem(act, Urgency.ANSWERED, request.answered_at or now, *_about(request))


def _due(request: SupportRequest, act: str, now: datetime) -> WaitingItem:
    path, row, reference, subject = _about(request)
    words = f"{act}: {request.get_kind_display().lower()}"
    return due(words, request.due_on, path, row, now=now, reference=reference, subject=subject)


def _about(request: SupportRequest) -> tuple[str, SupportRequest, str, str]:
    reference = request.referral.reference if request.referral else ""
    return reverse("support:detail", args=[request.pk]), request, reference, request.subject
