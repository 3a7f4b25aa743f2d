"""Tasking the force: only on a live authorisation of exactly this text."""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import lock, reasons_not_to, recorded
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Engagement
from casework.engagement.queries import (
    reasons_barred_from_removal,
    reasons_not_authorised,
    reasons_trafficking_blocks,
)
from casework.engagement.rules.authorising import reasons_window_over
from nexus.accounts.models import User
from nexus.refusals import refuse_if


def reasons_not_to_task(engagement: Engagement, by: User, *, now: datetime) -> list[str]:
    """Not expired, not void, written up in time if it was verbal, and still the text that was authorised."""
    return reasons_not_to("task", engagement, by) or (
        (
            reasons_not_authorised(engagement, at=now)
            or reasons_window_over(engagement.window_ends_at, now=now)
        )
        + reasons_trafficking_blocks(engagement)
        + reasons_barred_from_removal(engagement)
    )


@transaction.atomic
def task(*, engagement_id: int, by: User, now: datetime) -> Engagement:
    """Hand it to the force. Raises Refused; the database refuses as well."""
    engagement = lock(engagement_id, by=by, verb="task")
    refuse_if(reasons_not_to_task(engagement, by, now=now))
    engagement.move("task", by=by, now=now, sha256=sha256_of(exact_text(engagement)))
    recorded(engagement, done="tasked", by=by, now=now, recipient=engagement.force.name)
    telling.tasked(engagement, now=now)
    return engagement
