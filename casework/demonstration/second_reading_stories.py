"""How the demonstration decides: alone where one officer may, else proposed and read by a second."""

from collections.abc import Generator, Sequence
from datetime import datetime
from random import Random
from typing import Any

from casework.demonstration.timeline import Story, days_later, happens
from nexus.accounts.models import User
from nexus.audit.recording import record
from referrals import actions
from referrals.actions.decide import Text
from referrals.models import Outcome, Proposal, Referral, TriageDecision
from referrals.queries import why_read_twice

RETURNED_OF_A_HUNDRED = 12
RETURNS = (
    "The reasons do not say why the second incident counts for nothing. Say it, or ask the force. (Invented.)",
    "The balance leaves out the children named in the referral. (Invented.)",
)
RECALLED = "The force rang: a statement comes tomorrow. I wait for it. (Invented.)"
ON_LEAVE = "The officer is on leave from today. (Invented.)"
# Where a settled story of a proposed decision stops, for a newcomer to see each.
ENDS = ("proposed", "returned", "recalled", "void")


def decide(
    rng: Random,
    now: datetime,
    referral: Referral,
    officer: User,
    officers: Sequence[User],
    outcome: str,
    **said: Any,
) -> Generator[datetime, None, TriageDecision]:
    """The decision, at once or after its second reading. Dice of its own, so that nothing else changes."""
    accepted, text = outcome == Outcome.ACCEPTED, Text(**said)
    referral = Referral.objects.get(pk=referral.pk)
    if not why_read_twice(referral, accepted=accepted, **text.judged):
        act = actions.accept if accepted else actions.not_accept
        return act(referral_id=referral.pk, by=officer, now=now, **said)
    rng = Random(f"{referral.reference} second reading {rng.random()}")
    while True:
        proposal = propose(referral, officer, now, outcome, said)
        read = days_later(now, rng, 0, 2)
        yield read
        reader = reads(rng, proposal, officers, read)
        if not happens(rng, RETURNED_OF_A_HUNDRED):
            return actions.agree(proposal_id=proposal.pk, by=reader, now=read)
        actions.send_back(proposal_id=proposal.pk, by=reader, now=read, reasons=rng.choice(RETURNS))
        now = days_later(read, rng, 0, 1)
        yield now


def propose(referral: Referral, officer: User, now: datetime, outcome: str, said: dict[str, Any]) -> Proposal:
    return actions.propose(referral_id=referral.pk, by=officer, now=now, outcome=outcome, **said)


def reads(rng: Random, proposal: Proposal, officers: Sequence[User], now: datetime) -> User:
    """Another officer opens the referral."""
    reader = rng.choice([each for each in officers if each != proposal.proposed_by])
    record(kind="referral.viewed", by=reader, subject=proposal.referral, now=now)
    return reader


def stops(
    rng: Random,
    claimed: datetime,
    referral: Referral,
    officers: Sequence[User],
    manager: User,
    outcome: str,
    said: dict[str, Any],
    end: str,
) -> Story:
    """A decision is proposed, and the story stops at this one of `ENDS`."""
    now = days_later(claimed, rng, 0, 1)
    yield now
    officer = Referral.objects.get(pk=referral.pk).claimed_by
    proposal = propose(referral, officer, now, outcome, said)
    if end == "proposed":
        return
    later = days_later(now, rng, 0, 1)
    yield later
    if end == "returned":
        reader = reads(rng, proposal, officers, later)
        actions.send_back(proposal_id=proposal.pk, by=reader, now=later, reasons=RETURNS[0])
    elif end == "recalled":
        actions.recall(proposal_id=proposal.pk, by=proposal.proposed_by, now=later, reason=RECALLED)
    else:
        to = rng.choice([each for each in officers if each != proposal.proposed_by])
        actions.hand_over(referral_id=referral.pk, by=manager, now=later, to=to, reason=ON_LEAVE)
