"""What comes next, by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nexus.accounts.models import User
from referrals.models import Proposal, Referral, TriageDecision
from referrals.parts import NextStep, referral_parts
from referrals.permissions import PROPOSALS
from referrals.queries import standing_decision
from referrals.queue import OpenRequest, waiting_for
from referrals.rules.questions import Standing
from referrals.states import DESTINATION, FORCE, HOLDER, OFFICE, TEAM, State
from referrals.triage.standing import allocation_of


@dataclass(frozen=True)
class NextAction:
    """What happens next, whose it is, and by when."""

    what: str
    owner: str = ""
    due: date | None = None
    overdue: bool = False


def proposal_for(referral: Referral, by: User, proposal: Proposal | None) -> Proposal | None:
    """`proposal`, which stands, where this person may read it a second time: not their own, nor on what they raised."""
    if proposal is None or not PROPOSALS.may("agree", by):
        return None
    return None if by.pk in (proposal.proposed_by_id, referral.created_by_id) else proposal


def next_action(
    referral: Referral, now: datetime, proposal: Proposal | None, to_read: Proposal | None
) -> NextAction:
    """What the record of its state says, with names and days; and what comes first where a row beside it says so.

    `proposal` is the one that stands, `to_read` the proposed decision where the person who looks may be its second reader.
    """
    if referral.follows:
        return NextAction(
            f"Continue with {referral.follows}, which it follows",
            str(referral.follows.claimed_by or "Referrals Office"),
        )
    if referral.is_undecided and proposal:
        reader = "You, or another referrals officer" if to_read else "Another referrals officer"
        return NextAction("Read the proposed decision a second time", reader)
    open_request = waiting_for(referral, timezone.localdate(now)) if referral.is_undecided else None
    if open_request:
        overdue = open_request.standing is Standing.OVERDUE
        return NextAction(waiting_words(open_request), referral.force.name, open_request.due_on, overdue)
    step = referral.state_record.next_action
    return NextAction(step.words, OWNERS[step.owner](referral))


def is_done_by(
    referral: Referral, by: User, decision: TriageDecision | None, proposal: Proposal | None
) -> bool:
    """Whether this person has done what there was to do on it, so that the next one is offered: they decided it or
    read the decision second, proposed one, or asked the force. Both are those that stand."""
    if decision:
        return by.pk in (decision.decided_by_id, decision.second_reader_id)
    if referral.claimed_by_id != by.pk:
        return False
    return referral.state == State.INFORMATION_REQUESTED or proposal is not None


def next_steps(referral: Referral, by: User) -> list[NextStep]:
    """What each part offers of a decided referral to this person."""
    told = (part.next_steps for part in referral_parts() if part.next_steps)
    return [step for steps in told for step in steps(referral=referral, by=by)]


def team_of(referral: Referral) -> str:
    allocation = allocation_of(referral)
    return str(allocation.team) if allocation else "The team that already has the case"


def destination_of(referral: Referral) -> str:
    decision = standing_decision(referral)
    return decision.get_destination_display() if decision else ""


# Whose the next action of a referral is, by name; the words of referrals/states.py.
OWNERS: dict[str, Callable[[Referral], str]] = {
    OFFICE: lambda referral: OFFICE,
    HOLDER: lambda referral: str(referral.claimed_by),
    FORCE: lambda referral: referral.force.name,
    TEAM: team_of,
    DESTINATION: destination_of,
}


def waiting_words(open_request: OpenRequest) -> str:
    """Waiting for the force’s answer · Waiting for the force’s answers: 1 of 3 answered"""
    if open_request.questions == 1:
        return "Waiting for the force’s answer"
    return f"Waiting for the force’s answers: {open_request.answered} of {open_request.questions} answered"
