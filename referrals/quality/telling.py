"""Who is told of a finding. Called inside the action."""

from datetime import datetime

from nexus.notifications.actions import notify
from referrals.quality.models import Reading


def found(reading: Reading, *, now: datetime) -> None:
    """Who made the decision hears that there is a finding; what it says stands on its page."""
    notify(
        event_key=f"quality:{reading.pk}:found",
        kind="quality_finding",
        to=[reading.decision.decided_by],
        now=now,
        subject=reading.decision.referral,
        url_name="quality:reading",
        url_args=[reading.pk],
    )
