"""What the data-wash adds to the rest of the service."""

from django.db.models import Q

from nexus.parts import Destination, Follow, Part
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.retention import RETENTION

PART = Part(
    navigation=(Destination("Data-wash", "datawash:list", WHO_MAY["view"], group="Forces", place=160),),
    audit_names={"datawash.agreement": "title", "datawash.wash": "agreement__force__name"},
    follows=(
        Follow(
            kind="wash",
            model="datawash.wash",
            rows=lambda by: Wash.objects.visible_to(by),
            roles=WHO_MAY["view"],
            told_to_force=~Q(entry__kind__in=("datawash.reviewed", "datawash.combined")),
        ),
    ),
    retention=RETENTION,
)
