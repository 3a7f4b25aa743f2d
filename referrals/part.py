"""What a referral itself adds to the rest of the service: its pages, questions and second readings."""

from nexus.parts import Destination
from referrals import queries
from referrals.codes import CODES
from referrals.corrections import triage_rests_on
from referrals.following_changes import FOLLOWS
from referrals.identity import people_named
from referrals.parts import ReferralPart
from referrals.permissions import RAISES, TRIAGES, WHO_MAY
from referrals.retention import RETENTION
from referrals.told_by_forces import answers
from referrals.waiting import waiting_items

PART = ReferralPart(
    work_waiting=queries.work_waiting,
    waiting_items=waiting_items,
    people_named=people_named,
    told_by_forces=answers,
    rests_on_referral=triage_rests_on,
    requests_to_force=queries.requests_to_force,
    navigation=(
        Destination("Referrals", "referrals:list", RAISES, place=40),
        Destination("Requests to us", "referrals:asked", RAISES, place=50),
        Destination("Second readings", "referrals:second_readings", TRIAGES, place=120),
        Destination("Flags", "referrals:flags", WHO_MAY["view_flags"], group="Triage", place=190),
    ),
    finder=Destination("Find a person", "referrals:find", WHO_MAY["view"]),
    audit_names={"referrals.referral": "reference", "referrals.proposal": "referral__reference"},
    follows=FOLLOWS,
    retention=RETENTION,
    codes=CODES,
)
