"""What the referral matrix adds to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination, Part
from referrals.permissions import RAISES, TRIAGES

PART = Part(
    navigation=(
        Destination("Referral matrix", "matrix:list", RAISES | TRIAGES, place=130),
        Destination(
            "Matrix agreement", "matrix:agreement", frozenset({Role.MANAGER}), group="Results", place=270
        ),
    )
)
