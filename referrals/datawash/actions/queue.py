"""The force has read the check and wants its list washed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals.datawash.actions.reading import erase_file
from referrals.datawash.actions.steps import lock
from referrals.datawash.messages import ask_for_washing
from referrals.datawash.models import Wash


def reasons_not_to_queue(wash: Wash, now: datetime) -> list[str]:
    reasons = wash.reasons_not_to_move("queue")
    if reasons:
        return reasons
    if not wash.accepted:
        return ["No row of this list can be washed. Correct the list and upload it again."]
    if not wash.agreement.runs_on(timezone.localdate(now)):
        return ["The agreement under which this list was uploaded is no longer in force."]
    return []


@transaction.atomic
def queue(*, wash_id: int, by: User, now: datetime) -> Wash:
    """Let a worker wash the list. Raises Refused."""
    wash = lock(wash_id, by=by, verb="queue")
    refuse_if(reasons_not_to_queue(wash, now))
    wash.move("queue", by=by, now=now)
    erase_file(wash)
    record(kind="datawash.queued", by=by, subject=wash, now=now)
    ask_for_washing([wash.pk])
    return wash
