"""What a force has to complete before a detention clock runs out, for nexus/requests_to_force.py."""

from collections.abc import Iterator

from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.parts import RequestToForce
from referrals.duty_desk.queries.telephone import being_completed


def requests_to_force(*, user: User) -> Iterator[RequestToForce]:
    """The referrals taken by telephone whose clock runs, or has run out, while the force completes them."""
    if user.role not in POLICE_ROLES:
        return
    running = being_completed().filter(
        referral__force=user.force_id,
        referral__in_custody=True,
        referral__custody_clock_started_at__isnull=False,
    )
    for call in running.select_related("referral"):
        referral = call.referral
        yield RequestToForce(
            act="Complete and send the referral",
            words=f"Taken by telephone: {call.why_urgent}",
            subject=referral.subject_name,
            reference=referral.reference,
            path=reverse("referrals:tasks", args=[referral.reference]),
            due_on=None,
            ends_at=referral.custody_ends_at,
            row=referral,
        )
