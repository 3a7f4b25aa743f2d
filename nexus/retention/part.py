"""What the review of what is kept adds to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination, Part
from nexus.retention.permissions import REVIEWS
from nexus.retention.queries import waiting_items, work_waiting
from nexus.retention.retention import RETENTION

PART = Part(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    navigation=(
        Destination("Retention", "retention:queue", REVIEWS, group="Results", place=270),
        Destination("Retention", "retention:queue", frozenset({Role.AUDITOR}), place=960),
    ),
    audit_names={"retention.review": "reference"},
    retention=RETENTION,
)
