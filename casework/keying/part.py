"""What the keying on CID and Atlas adds to the rest of the service."""

from casework.keying.queries import timeline, waiting
from casework.parts import CasePart
from nexus.accounts.roles import Role
from nexus.parts import Destination

KEYS = frozenset({Role.REFERRALS_OFFICER, Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.MANAGER})

PART = CasePart(
    waiting=waiting,
    navigation=(Destination("To key", "keying:list", KEYS, group="Triage", place=200),),
    audit_names={"keying.keyed": "referral__reference"},
    timeline=timeline,
)
