"""Time passes: a report older than was agreed goes out of date."""

from datetime import datetime

from django.db import transaction

from nexus.audit.recording import record
from referrals.datawash.queries import over
from referrals.datawash.states import State


@transaction.atomic
def go_stale(*, now: datetime) -> int:
    """Mark the reports that are older than was agreed; how many there were."""
    old = over("washed_at", "stale_after_days", now).filter(state=State.WASHED)
    for wash in (found := list(old.select_for_update(of=("self",), skip_locked=True))):
        wash.move("go_stale", by=None, now=now)
        record(kind="datawash.gone_stale", by=None, subject=wash, now=now)
    return len(found)
