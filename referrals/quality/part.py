"""What the reading of decisions for quality adds to the rest of the service."""

from nexus.parts import Destination, Part
from referrals.quality.permissions import WHO_MAY
from referrals.quality.queries import waiting_items, work_waiting
from referrals.quality.retention import RETENTION

PART = Part(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    navigation=(Destination("Quality", "quality:queue", WHO_MAY["view"], group="Results", place=260),),
    audit_names={"quality.reading": "decision__referral__reference"},
    retention=RETENTION,
)
