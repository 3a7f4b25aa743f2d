"""What the audit log adds to the rest of the service."""

from nexus.accounts.permissions import WHO_MAY
from nexus.audit.retention import RETENTION
from nexus.parts import Destination, Part

PART = Part(
    navigation=(Destination("Audit log", "audit:log", WHO_MAY["read_audit"], place=950),), retention=RETENTION
)
