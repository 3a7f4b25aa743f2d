"""What comes next, by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nexus.accounts.models import User
from referrals.models import Proposal, Referral
from referrals.permissions import PROPOSALS
from referrals.queries import standing_decision, standing_proposal
from referrals.queue import Waiting, waiting_for
from referrals.rules.questions import Standing
from referrals.states import State
from referrals.triage.standing import allocation_of


@dataclass(frozen=True)
class NextAction:
    """What happens next, whose it is, and by when."""

    what: str
    owner: str = ""
    due: date | None = None
    overdue: bool = False


def proposal_for(referral: Referral, by: User) -> Proposal | None:
    """The proposed decision that this person may read a second time: not their own, nor on what they raised."""
    proposal = standing_proposal(referral)
    if proposal is None or not PROPOSALS.may("agree", by):
        return None
    return None if by.pk in (proposal.proposed_by_id, referral.created_by_id) else proposal


def next_action(referral: Referral, now: datetime, to_read: Proposal | None = None) -> NextAction:
    """`to_read` is the proposed decision where the person who looks may be its second reader."""
    if referral.follows:
        return NextAction(
            f"Go on with {referral.follows}, which it follows",
            str(referral.follows.claimed_by or "Referrals Office"),
        )
    match referral.state:
        case State.SUBMITTED:
            return NextAction("Claim it and assess it", "Referrals Office")
        case State.IN_TRIAGE if standing_proposal(referral):
            reader = "You, or another referrals officer" if to_read else "Another referrals officer"
            return NextAction("Read the proposed decision a second time", reader)
        case State.IN_TRIAGE:
            return NextAction("Ask the force, or decide", str(referral.claimed_by))
        case State.INFORMATION_REQUESTED:
            waiting = waiting_for(referral, timezone.localdate(now))
            due = waiting.due_on if waiting else None
            overdue = waiting is not None and waiting.standing is Standing.OVERDUE
            return NextAction(waiting_words(waiting), referral.force.name, due, overdue)
        case State.ACCEPTED:
            allocation = allocation_of(referral)
            owner = str(allocation.team) if allocation else "The team that already has the case"
            return NextAction("Decided: the case goes on", owner)
        case State.NOT_ACCEPTED:
            return NextAction(
                "Decided: the force may discuss it with the Referrals Office", referral.force.name
            )
        case State.REDIRECTED:
            decision = standing_decision(referral)
            return NextAction("Decided: passed on", decision.get_destination_display() if decision else "")
        case State.WITHDRAWN:
            return NextAction("None: the force has withdrawn it", referral.force.name)
    raise ValueError(f"Nobody has said what comes next for a referral that is {referral.state}")


def waiting_words(waiting: Waiting | None) -> str:
    """Waiting for the force’s answer · Waiting for the force’s answers: 1 of 3 answered"""
    if waiting is None or waiting.asked == 1:
        return "Waiting for the force’s answer"
    return f"Waiting for the force’s answers: {waiting.answered} of {waiting.asked} answered"
