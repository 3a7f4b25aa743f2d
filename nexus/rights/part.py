"""What requests for access add to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination, Part
from nexus.retention.permissions import REVIEWS
from nexus.rights.queries import work_waiting
from nexus.rights.retention import RETENTION

PART = Part(
    work_waiting=work_waiting,
    navigation=(
        Destination("Requests for access", "rights:register", REVIEWS, group="Results", place=280),
        Destination("Requests for access", "rights:register", frozenset({Role.AUDITOR}), place=965),
    ),
    retention=RETENTION,
)
