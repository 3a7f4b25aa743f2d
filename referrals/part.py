"""What a referral itself adds to the rest of the service: its pages, questions and second readings."""

from nexus.accounts.roles import Role
from nexus.parts import Destination
from referrals import queries
from referrals.parts import ReferralPart
from referrals.permissions import RAISES, TRIAGES, WHO_MAY

CRIMINAL_CASEWORK = frozenset({Role.CRIMINAL_CASEWORK})

PART = ReferralPart(
    work_waiting=queries.work_waiting,
    requests_to_force=queries.requests_to_force,
    navigation=(
        Destination("Referrals", "referrals:list", RAISES, place=40),
        Destination(
            "Requests to us", "referrals:asked", RAISES, place=50, start_of=frozenset({Role.FORCE_LEAD})
        ),
        Destination("Second readings", "referrals:second_readings", TRIAGES, place=120),
        Destination(
            "Flags",
            "referrals:flags",
            WHO_MAY["view_flags"],
            group="Triage",
            place=190,
            start_of=CRIMINAL_CASEWORK,
        ),
    ),
    audit_names={"referrals.referral": "reference", "referrals.proposal": "referral__reference"},
)
