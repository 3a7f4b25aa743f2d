"""What the desk's queue adds to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination, Part

READS = frozenset({Role.REFERRALS_OFFICER, Role.MANAGER})

PART = Part(
    navigation=(Destination("Triage queue", "desk:queue", READS, group="Triage", place=110),),
    audit_names={"desk.viewdigest": "in_words"},
)
