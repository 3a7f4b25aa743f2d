"""What the referral matrix adds to the rest of the service."""

from nexus.parts import Destination, Part
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.records import ASSESSMENT
from referrals.matrix.retention import RETENTION
from referrals.permissions import RAISES, TRIAGES

PART = Part(
    navigation=(
        Destination("Referral matrix", "matrix:list", RAISES | TRIAGES, place=130),
        Destination(
            "Matrix agreement", "matrix:agreement", WHO_MAY["view_agreement"], group="Results", place=270
        ),
    ),
    retention=RETENTION,
    records=(ASSESSMENT,),
)
