"""The operations that wait for the force: for nexus/asked.py."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from casework.engagement.lists import engagements, is_stopped
from casework.engagement.models import Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.states import State
from nexus.accounts.models import User
from nexus.asked import Asked

STOPPED = "Do not act on the operation: it is not authorised now"
ACTS = {
    State.TASKED: "Accept or decline the operation",
    State.ACCEPTED: "Carry the operation out and record it",
    State.EXECUTED: "Record the outcome of the operation",
}


def asked(*, user: User) -> Iterator[Asked]:
    """By the day its window begins."""
    if user.role not in FORCE:
        return
    now = timezone.now()
    seen = Engagement.objects.visible_to(user).filter(state__in=ACTS)
    for engagement in engagements(seen):
        referral = engagement.case.referral
        starts = None if engagement.to_write_up else engagement.window_starts_at  # not signed yet
        yield Asked(
            act=STOPPED if is_stopped(engagement, at=now) else ACTS[State(engagement.state)],
            words=engagement.get_kind_display(),
            about=referral.subject_name,
            reference=referral.reference,
            path=reverse("engagement:detail", args=[engagement.pk]),
            due_on=timezone.localdate(starts) if starts else None,
            row=engagement,
        )
