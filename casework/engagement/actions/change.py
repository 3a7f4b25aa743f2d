"""A material change, and giving it up: both void the authorisation, and the force is told."""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import lock, reasons_not_to, recorded, void
from casework.engagement.models import Engagement
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless


def reasons_not_to_reopen(engagement: Engagement, by: User) -> list[str]:
    first = ["Write up the verbal authorisation first."] if engagement.to_write_up else []
    return reasons_not_to("reopen", engagement, by) or first


@transaction.atomic
def reopen(*, engagement_id: int, by: User, now: datetime, reason: str) -> Engagement:
    """Change what was sent: the authorisation is void from now on, and all begins again. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="reopen")
    refuse_if(reasons_not_to_reopen(engagement, by) or wordless(reason, "Enter what changes, and why."))
    was_with_force = engagement.is_with_force
    voided = void(engagement, by=by, now=now, because=reason)
    engagement.move("reopen", by=by, now=now, reason=reason)
    recorded(engagement, done="reopened", by=by, now=now, detail={"voided": voided})
    telling.called_back(engagement, now=now, was_with_force=was_with_force)
    return engagement


@transaction.atomic
def withdraw(*, engagement_id: int, by: User, now: datetime, reason: str) -> Engagement:
    """Give it up for good. A verbal authorisation is still to be written up. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="withdraw")
    refuse_if(
        reasons_not_to("withdraw", engagement, by) or wordless(reason, "Enter why it is no longer needed.")
    )
    was_with_force = engagement.is_with_force
    voided = void(engagement, by=by, now=now, because=reason)
    engagement.move("withdraw", by=by, now=now, reason=reason)
    recorded(engagement, done="withdrawn", by=by, now=now, detail={"voided": voided})
    telling.called_back(engagement, now=now, was_with_force=was_with_force)
    return engagement
