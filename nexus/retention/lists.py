"""Reviews as people meet them: which exist for whom, and that they were read."""

from nexus.retention.models import Review
from nexus.retention.permissions import WHO_MAY
from nexus.rows import Rows

REVIEWS = Rows(
    noun="retention",
    seen=lambda by: Review.objects.select_related("opened_by", "proposed_by", "confirmed_by", "tombstone"),
    who_may=WHO_MAY,
    role_first=True,
)
