"""The operations that wait for the force: for nexus/asked.py."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from casework.engagement.models import Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.states import State
from nexus.accounts.models import User
from nexus.asked import Asked

ACTS = {
    State.TASKED: "Accept or decline the operation",
    State.ACCEPTED: "Carry the operation out and record it",
    State.EXECUTED: "Record the outcome of the operation",
}


def asked(*, user: User) -> Iterator[Asked]:
    """By the day its window begins."""
    if user.role not in FORCE:
        return
    seen = Engagement.objects.visible_to(user).filter(state__in=ACTS)
    for engagement in seen.select_related("case__referral"):
        referral, starts = engagement.case.referral, engagement.window_starts_at
        yield Asked(
            act=ACTS[State(engagement.state)],
            words=engagement.get_kind_display(),
            about=referral.subject_name,
            reference=referral.reference,
            path=reverse("engagement:detail", args=[engagement.pk]),
            due_on=timezone.localdate(starts) if starts else None,
            row=engagement,
        )
