"""Who is told of a progress report. Called inside the actions."""

from collections.abc import Iterable
from datetime import datetime

from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify


def released(report: ProgressReport, *, now: datetime) -> None:
    """The force lead hears that there is a report to read."""
    leads = User.objects.filter(role=Role.FORCE_LEAD, force=report.force, is_active=True)
    tell(report, "report_released", leads, now=now)


def acknowledged(report: ProgressReport, *, now: datetime) -> None:
    """The manager who released the report hears that the force has read it."""
    tell(report, "report_acknowledged", [report.released_by], now=now)


def tell(report: ProgressReport, kind: str, to: Iterable[User | None], *, now: datetime) -> None:
    notify(
        event_key=f"report:{report.pk}:{kind}",
        kind=kind,
        to=to,
        now=now,
        subject=report,
        url_name="reports:detail",
        url_args=[report.pk],
    )
