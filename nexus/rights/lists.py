"""Requests for access as people meet them."""

from nexus.rights.models import AccessRequest
from nexus.rights.permissions import WHO_MAY
from nexus.rows import Rows

REQUESTS = Rows(
    noun="access",
    seen=lambda by: AccessRequest.objects.select_related("received_by", "ended_by"),
    who_may=WHO_MAY,
    role_first=True,
)
