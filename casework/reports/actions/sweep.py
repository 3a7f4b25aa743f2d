"""The sweep: finds rows whose worker died and rows whose message was lost."""

from datetime import datetime

from django.db import transaction

from casework.reports.actions.building import give_up_or_wait
from casework.reports.messages import ask_for_building
from casework.reports.models import ProgressReport
from nexus.leases import STALLED, abandoned, available


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back rows whose lease is over, tell workers of every waiting row, and return how many wait."""
    reports = ProgressReport.objects.all()
    for report in abandoned(reports, now=now):
        give_up_or_wait(report, now=now, what=STALLED)
    found = list(available(reports).order_by("requested_at", "pk").values_list("pk", flat=True))
    ask_for_building(found)
    return len(found)
