"""The sweep: finds rows whose worker died and rows whose message was lost."""

from datetime import datetime

from django.db import transaction

from casework.reports.actions.building import give_up_or_wait
from casework.reports.messages import ask_for_building
from casework.reports.models import ProgressReport
from casework.reports.states import State

STALLED = "the worker stopped"


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back rows whose lease is over, tell workers of every waiting row, and return how many wait.

    A row that is locked is being worked on whatever its lease says, and is left alone.
    """
    stalled = ProgressReport.objects.select_for_update(skip_locked=True).filter(
        state=State.BUILDING, lease_ends_at__lt=now
    )
    for report in stalled:
        give_up_or_wait(report, now=now, what=STALLED)
    waiting = list(
        ProgressReport.objects.filter(state=State.SCHEDULED)
        .order_by("requested_at", "pk")
        .values_list("pk", flat=True)
    )
    ask_for_building(waiting)
    return len(waiting)
