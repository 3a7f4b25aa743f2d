"""Rows for reports that are wanted: by the schedule, or by a manager."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.reports.actions.steps import lock
from casework.reports.messages import ask_for_building
from casework.reports.models import ProgressReport
from casework.reports.periods import Period, previous_month, reasons_not_to_cover
from casework.reports.permissions import WHO_MAY
from casework.reports.states import State
from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.refusals import refuse_if


@transaction.atomic
def queue_due(*, now: datetime) -> list[ProgressReport]:
    """The schedule: last month's report for every engaged force that has none. Run it as often as you like."""
    today = timezone.localdate(now)
    if today.day < settings.NEXUS_REPORTS_DUE_ON_DAY:
        return []
    period = previous_month(today)
    wanting = Force.objects.filter(engaged=True).exclude(
        progress_reports__period_from=period.first, progress_reports__period_to=period.last
    )
    return [report for report in _rows(wanting, period, by=None, now=now) if report.is_new]


@transaction.atomic
def request(*, by: User, now: datetime, period: Period, force: Force | None = None) -> list[ProgressReport]:
    """Ask for one force's report, or every engaged force's. A report that exists is given back as it is.

    Raises Refused for a period that cannot be covered, or a force that is not engaged.
    """
    WHO_MAY.permit("request", by)
    refuse_if(reasons_not_to_cover(period, timezone.localdate(now)) + reasons_not_to_report_to(force))
    forces = [force] if force else Force.objects.filter(engaged=True)
    return _rows(forces, period, by=by, now=now)


def reasons_not_to_report_to(force: Force | None) -> list[str]:
    if force and not force.engaged:
        return [f"{force.name} is not engaged with Nexus High Harm, so it receives no reports."]
    return []


def _rows(forces: Iterable[Force], period: Period, *, by: User | None, now: datetime) -> list[ProgressReport]:
    """Each force's row. Of two askers at once the unique constraint lets one make it."""
    rows = []
    for force in forces:
        report, report_is_new = ProgressReport.objects.get_or_create(
            force=force,
            period_from=period.first,
            period_to=period.last,
            defaults={"requested_by": by, "requested_at": now},
        )
        report.is_new = report_is_new
        rows.append(report)
    new = [report for report in rows if report.is_new]
    for report in new:
        record(kind="report.requested", by=by, subject=report, now=now, detail={"force": report.force_id})
    ask_for_building(report.pk for report in new)
    return rows


def reasons_not_to_requeue(report: ProgressReport) -> list[str]:
    if report.state == State.BUILDING:
        return ["This report is being built now. Wait until it is ready."]
    return report.reasons_not_to_move("requeue")


@transaction.atomic
def requeue(*, report_id: int, by: User, now: datetime) -> ProgressReport:
    """Build a parked report, or a draft, again from the records as they stand. Raises Refused."""
    report = lock(report_id, by=by, verb="requeue")
    refuse_if(reasons_not_to_requeue(report))
    report.move("requeue", by=by, now=now)
    record(kind="report.requeued", by=by, subject=report, now=now)
    ask_for_building([report.pk])
    return report
