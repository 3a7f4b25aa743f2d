"""The operations that wait for the force: for nexus/requests_to_force.py."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from casework.engagement.lists import ACTS, engagements, is_stopped
from casework.engagement.models import Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.states import State
from nexus.accounts.models import User
from nexus.parts import RequestToForce

STOPPED = "Stop: do not carry the operation out. It is not authorised now"
ACT_IN = {state: act for act, _, *states in ACTS for state in states}


def requests_to_force(*, user: User) -> Iterator[RequestToForce]:
    """By the day its window begins."""
    if user.role not in FORCE:
        return
    now = timezone.now()
    seen = Engagement.objects.visible_to(user).filter(state__in=ACT_IN)
    for engagement in engagements(seen):
        referral = engagement.case.referral
        starts = None if engagement.to_write_up else engagement.window_starts_at  # not signed yet
        yield RequestToForce(
            act=STOPPED if is_stopped(engagement, at=now) else ACT_IN[State(engagement.state)],
            words=engagement.get_kind_display(),
            subject=referral.subject_name,
            reference=referral.reference,
            path=reverse("engagement:detail", args=[engagement.pk]),
            due_on=timezone.localdate(starts) if starts else None,
            row=engagement,
        )
