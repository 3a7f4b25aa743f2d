"""A manager checks a report for disclosure and releases it to the force."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from casework.reports import telling
from casework.reports.actions.steps import lock
from casework.reports.disclosure import unconfirmed
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.audit.recording import has_viewed, record
from nexus.refusals import refuse_if, wordless
from nexus.ui import formatting


def reasons_not_to_release(report: ProgressReport, by: User) -> list[str]:
    """Why `by` may not release the report now, before anything is written."""
    reasons = report.reasons_not_to_move("release")
    if reasons:
        return reasons
    if report.built_before_its_month_ended:
        built_early = (
            f"The report was built on {formatting.date(report.period.last)}, before {report.period} was over. "
            "Build it again once the month has ended, so that nothing is left out."
        )
        return [built_early]
    if not has_viewed(by=by, subject=report, kind="report.viewed", since=report.built_at):
        return ["Open and read the report before you release it."]
    return []


def reasons_not_checked(checked: Collection[str], disclosure_check: str) -> list[str]:
    return unconfirmed(checked) + wordless(disclosure_check, "Enter what you checked and what you found.")


@transaction.atomic
def release(
    *, report_id: int, by: User, now: datetime, checked: Collection[str], disclosure_check: str
) -> ProgressReport:
    """Release the report to its force after the disclosure check. Raises Refused.

    From here on the database keeps its lines and totals as they are.
    """
    report = lock(report_id, by=by, verb="release")
    refuse_if(reasons_not_to_release(report, by) + reasons_not_checked(checked, disclosure_check))
    report.move("release", by=by, now=now, disclosure_check=disclosure_check)
    record(
        kind="report.released",
        by=by,
        subject=report,
        now=now,
        reason=disclosure_check,
        recipient=report.force.name,
        detail={"checked": sorted(checked)},
    )
    telling.released(report, now=now)
    return report
