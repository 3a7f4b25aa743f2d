"""What progress reports add to the rest of the service."""

from casework.parts import CasePart
from casework.reports.queries import reports_given, waiting
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import Destination

MANAGES = frozenset({Role.MANAGER})

PART = CasePart(
    waiting=waiting,
    navigation=(
        Destination("Progress reports", "reports:list", POLICE_ROLES | MANAGES, group="Forces", place=240),
        Destination("Dashboard", "reports:dashboard", MANAGES, group="Results", place=250),
    ),
    audit_names={"reports.progressreport": "force__name"},
    reports_given=reports_given,
)
