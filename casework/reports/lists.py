"""Progress reports as people meet them: the force is named as the recipient of what it reads."""

from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.rows import Rows


def recipient_of(by: User) -> str:
    """Who outside the Home Office received what was read."""
    return by.force.name if by.force else ""


REPORTS = Rows(
    noun="report",
    seen=lambda by: ProgressReport.objects.visible_to(by).select_related(
        "force", "released_by", "acknowledged_by"
    ),
    who_may=WHO_MAY,
    recipient=recipient_of,
)
