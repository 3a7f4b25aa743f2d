"""Claiming a row and building it. Whoever holds the row's token, and nobody else, may finish it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from casework.reports.content import lines_of, totals_of
from casework.reports.models import ProgressReport, ReportLine
from nexus.audit.recording import record
from nexus.leases import held, take

log = logging.getLogger("nexus.reports")


def build(*, report_id: int, clock: Callable[[], datetime]) -> bool:
    """Claim the row, build it and store it; whether this call did it.

    Called twice, or for a row that is not waiting, it does nothing. When building fails the row goes
    back to wait for the next sweep, or is parked after its last attempt.
    """
    token = begin(report_id=report_id, now=clock())
    if token is None:
        return False
    try:
        return finish(report_id=report_id, token=token, clock=clock)
    except Exception as problem:
        # Whatever it was, the row must not hang. Its kind only: its words could repeat a record.
        what = type(problem).__name__
        log.error("a report could not be built", extra={"id": report_id, "kind": what})
        fail(report_id=report_id, token=token, now=clock(), what=what)
        return False


@transaction.atomic
def begin(*, report_id: int, now: datetime) -> UUID | None:
    """Take a waiting row for the length of the lease. None when it is not waiting, or being taken now."""
    lease = timedelta(seconds=settings.NEXUS_REPORT_LEASE_SECONDS)
    report = take(ProgressReport.objects.all(), report_id, now=now, lasting=lease)
    if report is None:
        return None
    record(kind="report.begun", by=None, subject=report, now=now, detail={"attempt": report.attempts})
    return report.lease_token


@transaction.atomic
def finish(*, report_id: int, token: UUID, clock: Callable[[], datetime]) -> bool:
    """Lines, totals and the move in one transaction; False when the row has passed to somebody else.

    The row stays locked meanwhile, so no sweep takes it from a worker that is slow but alive.
    """
    report = held(ProgressReport.objects.all(), report_id, token=token)
    if report is None:
        return False
    lines = lines_of(report)
    report.lines.all().delete()
    ReportLine.objects.bulk_create(lines)
    now = clock()
    report.move("finish", by=None, now=now, totals=totals_of(lines))
    record(kind="report.finished", by=None, subject=report, now=now, detail={"lines": len(lines)})
    return True


@transaction.atomic
def fail(*, report_id: int, token: UUID, now: datetime, what: str) -> None:
    """Give the row back after a failure, or park it after its last attempt."""
    report = held(ProgressReport.objects.all(), report_id, token=token)
    if report is not None:
        give_up_or_wait(report, now=now, what=what)


def give_up_or_wait(report: ProgressReport, *, now: datetime, what: str) -> None:
    """Back to waiting, or parked with a sentence once the attempts are used up. Call with the row locked."""
    if report.attempts < settings.NEXUS_REPORT_ATTEMPTS:
        report.move("requeue", by=None, now=now, reason=what)
        record(kind="report.requeued", by=None, subject=report, now=now, detail={"problem": what})
        return
    report.move("park", by=None, now=now, reason=what, failure=sentence(report, what))
    record(kind="report.parked", by=None, subject=report, now=now, detail={"problem": what})


def sentence(report: ProgressReport, what: str) -> str:
    """What the manager reads of a parked report."""
    return (
        f"Building failed {report.attempts} times. Build it again; if it fails again, "
        f"tell support “report {report.pk}: {what}”."
    )
