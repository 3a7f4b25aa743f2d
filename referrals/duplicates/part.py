"""What the search for the same person adds to a referral."""

from referrals.duplicates.queries import has_pairs_to_judge, pairs_to_judge, same_person, work_backlog
from referrals.duplicates.retention import RETENTION
from referrals.parts import ReferralPart

PART = ReferralPart(
    same_person=same_person,
    work_backlog=work_backlog,
    pairs_to_judge=pairs_to_judge,
    has_pairs_to_judge=has_pairs_to_judge,
    retention=RETENTION,
)
