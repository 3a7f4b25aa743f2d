"""The step every person's action on a report begins with."""

from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from nexus.steps import Lock

lock = Lock(ProgressReport, WHO_MAY, join=("force",))
