"""What progress reports add to the rest of the service."""

from casework.parts import CasePart
from casework.reports.erased import figures_of
from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import reports_given, work_waiting
from casework.reports.retention import RETENTION
from nexus.parts import Destination, Follow, happened

PART = CasePart(
    work_waiting=work_waiting,
    navigation=(
        Destination("Progress reports", "reports:list", WHO_MAY["view"], group="Forces", place=240),
        Destination("Dashboard", "reports:dashboard", WHO_MAY["view_dashboard"], group="Results", place=250),
    ),
    audit_names={"reports.progressreport": "force__name"},
    reports_given=reports_given,
    figures_of=figures_of,
    follows=(
        Follow(
            kind="report",
            model="reports.progressreport",
            rows=lambda by: ProgressReport.objects.visible_to(by),
            roles=WHO_MAY["view"],
            told_to_force=happened("report.released", "report.acknowledged"),
        ),
    ),
    retention=RETENTION,
)
