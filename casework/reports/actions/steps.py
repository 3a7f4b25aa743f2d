"""The step every person's action on a report begins with."""

from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from nexus.accounts.models import User


def lock(report_id: int, *, by: User, verb: str) -> ProgressReport:
    """The report, locked until the transaction ends.

    Raises ProgressReport.DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
    """
    report = (
        ProgressReport.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("force")
        .get(pk=report_id)
    )
    WHO_MAY.permit(verb, by)
    return report
