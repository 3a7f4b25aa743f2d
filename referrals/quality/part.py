"""What the reading of decisions for quality adds to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination, Part
from referrals.quality.queries import waiting

READS = frozenset({Role.REFERRALS_OFFICER, Role.MANAGER})

PART = Part(
    waiting=waiting,
    navigation=(Destination("Quality", "quality:queue", READS, group="Results", place=260),),
    audit_names={"quality.reading": "decision__referral__reference"},
)
