"""Reports in each state, reached through the actions people and workers use."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.reports import actions
from casework.reports.disclosure import CHECKLIST
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from tests.builders import NOON, a_force, a_user

# The builders' referrals are made on 16 November 2026; reports of these days are asked for a day later.
SO_FAR = Period(date(2026, 11, 1), date(2026, 11, 17))
ASKED = NOON + timedelta(days=1)
BUILT = ASKED + timedelta(minutes=1)
READ = ASKED + timedelta(hours=1)


def a_report(
    *, by: User | None = None, force: Force | None = None, period: Period = SO_FAR, now: datetime = ASKED
) -> ProgressReport:
    """Asked for, waiting to be built."""
    (report,) = actions.request(
        by=by or a_user(Role.MANAGER), now=now, force=force or a_force(), period=period
    )
    return report


def again(report: ProgressReport) -> ProgressReport:
    """The row as the database has it now."""
    return ProgressReport.objects.select_related("force").get(pk=report.pk)


def a_built_report(*, at: datetime = BUILT, **kwargs: Any) -> ProgressReport:
    """Built from the records as they are, ready to check."""
    report = a_report(**kwargs)
    assert actions.build(report_id=report.pk, clock=lambda: at)
    return again(report)


def opened(report: ProgressReport, by: User, now: datetime = READ) -> User:
    """`by`, after reading the report."""
    record(kind="report.viewed", by=by, subject=report, now=now)
    return by


def a_released_report(*, by: User | None = None, **kwargs: Any) -> ProgressReport:
    by = by or a_user(Role.MANAGER)
    report = a_built_report(by=by, **kwargs)
    return actions.release(
        report_id=report.pk,
        by=opened(report, by),
        now=READ + timedelta(minutes=5),
        checked=list(CHECKLIST),
        disclosure_check="Read every line; nothing to hold back.",
    )
