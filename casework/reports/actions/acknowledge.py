"""The force lead says that the force has read its report."""

from datetime import datetime

from django.db import transaction

from casework.reports import telling
from casework.reports.actions.steps import lock
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.audit.recording import has_viewed, record
from nexus.refusals import refuse_if


def reasons_not_to_acknowledge(report: ProgressReport, by: User) -> list[str]:
    reasons = report.reasons_not_to_move("acknowledge")
    if not reasons and not has_viewed(by=by, subject=report, kind="report.viewed", since=report.released_at):
        reasons = ["Open and read the report before you acknowledge it."]
    return reasons


@transaction.atomic
def acknowledge(*, report_id: int, by: User, now: datetime) -> ProgressReport:
    """The force lead of the report's own force acknowledges it. Raises Refused."""
    report = lock(report_id, by=by, verb="acknowledge")
    refuse_if(reasons_not_to_acknowledge(report, by))
    report.move("acknowledge", by=by, now=now)
    record(kind="report.acknowledged", by=by, subject=report, now=now, recipient=report.force.name)
    telling.acknowledged(report, now=now)
    return report
