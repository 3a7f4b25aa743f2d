"""What progress reports add to the rest of the service."""

from casework.parts import CasePart
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import reports_given, work_waiting
from casework.reports.retention import RETENTION
from nexus.parts import Destination

PART = CasePart(
    work_waiting=work_waiting,
    navigation=(
        Destination("Progress reports", "reports:list", WHO_MAY["view"], group="Forces", place=240),
        Destination("Dashboard", "reports:dashboard", WHO_MAY["view_dashboard"], group="Results", place=250),
    ),
    audit_names={"reports.progressreport": "force__name"},
    reports_given=reports_given,
    retention=RETENTION,
)
