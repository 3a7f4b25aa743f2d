"""What the data-wash adds to the rest of the service."""

from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import Destination, Part

READS = POLICE_ROLES | {Role.REFERRALS_OFFICER, Role.MANAGER}

PART = Part(
    navigation=(Destination("Data-wash", "datawash:list", READS, group="Forces", place=160),),
    audit_names={"datawash.agreement": "title", "datawash.wash": "agreement__force__name"},
)
