"""What happens to a referral makes a decision proposed on it void: the second reader would read yesterday's."""

from datetime import datetime

from nexus.accounts.models import User
from nexus.audit.recording import record
from referrals import telling
from referrals.models import Referral
from referrals.queries import standing_proposal
from referrals.states import VOIDS_A_PROPOSAL


def lapse(*, referral: Referral, by: User, now: datetime, verb: str) -> None:
    """Before `verb` is done to the locked referral, a proposal standing on it becomes void, with the reason.

    Without a proposal nothing happens.
    """
    proposal = standing_proposal(referral)
    if proposal is None:
        return
    because = VOIDS_A_PROPOSAL[verb]
    proposal.move("lapse", by=by, now=now, reason=because, because=because)
    record(
        kind="proposal.lapsed",
        by=by,
        subject=proposal,
        now=now,
        reason=because,
        detail={"referral": referral.pk, "verb": verb},
    )
    if proposal.proposed_by != by:
        telling.proposal_ended(proposal, now=now)
