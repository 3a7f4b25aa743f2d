"""What the data-wash adds to the rest of the service."""

from nexus.parts import Destination, Part
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.retention import RETENTION

PART = Part(
    navigation=(Destination("Data-wash", "datawash:list", WHO_MAY["view"], group="Forces", place=160),),
    audit_names={"datawash.agreement": "title", "datawash.wash": "agreement__force__name"},
    retention=RETENTION,
)
