"""The force does not want the list washed after all."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from referrals.datawash.actions.reading import erase_file
from referrals.datawash.actions.steps import lock
from referrals.datawash.models import Wash


@transaction.atomic
def discard(*, wash_id: int, by: User, now: datetime) -> Wash:
    """Throw the list away before it is washed: its rows go, their counts stay. Raises Refused."""
    wash = lock(wash_id, by=by, verb="discard")
    wash.move("discard", by=by, now=now)
    wash.rows.all().delete()
    wash.remarks.all().delete()
    erase_file(wash)
    record(kind="datawash.discarded", by=by, subject=wash, now=now, detail={"rows": wash.accepted})
    return wash
