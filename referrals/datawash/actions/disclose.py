"""Every reading of a report is written down: as a disclosure where the force reads it."""

from datetime import datetime
from typing import Any

from nexus.accounts.models import User
from nexus.audit.recording import record
from referrals.datawash.models import Wash


def disclose(wash: Wash, *, by: User, now: datetime, **what: Any) -> None:
    """Who read what of the report, with the list's purpose and the force as recipient."""
    recipient = by.force.name if by.force else ""
    record(
        kind="datawash.disclosed" if recipient else "datawash.viewed",
        by=by,
        subject=wash,
        now=now,
        reason=wash.purpose if recipient else "",
        recipient=recipient,
        **what,
    )
