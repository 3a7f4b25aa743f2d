"""A decision is proposed, and a second officer reads it before it is made.

The proposal is bound to its own words and to what it rests on. Whoever reads it agrees to exactly that; when
anything of it has changed, nobody can agree any more.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from nexus.steps import Lock
from referrals import telling
from referrals.actions.decide import (
    Text,
    accept,
    frozen,
    make,
    not_accept,
    reasons_not_read,
    reasons_not_to_decide,
    reasons_not_to_say,
    reasons_of_followers,
)
from referrals.models import Outcome, Proposal, Referral, TriageDecision
from referrals.permissions import PROPOSALS
from referrals.queries import assessment_of, why_read_twice
from referrals.rules.assessment import Assessment

lock_to_propose = Lock(Referral, PROPOSALS, join=("force",))
lock_proposal = Lock(Proposal, PROPOSALS, join=("referral__force", "proposed_by", "held_by"))


def text_of(proposal: Proposal) -> Text:
    return Text(**{name: getattr(proposal, name) for name in Text.__dataclass_fields__})


def binding(referral: Referral, outcome: str, text: Text, found: Assessment) -> str:
    """The hash of what is proposed and of what it rests on: the referral and those that follow it, who holds
    it, what the rules show."""
    rests_on = {
        "referral": referral.pk,
        "changed_at": referral.changed_at,
        "claimed": [referral.claimed_by_id, referral.claimed_at],
        "followers": [list(row) for row in referral.followers.order_by("pk").values_list("pk", "changed_at")],
        "assessment": frozen(found),
    }
    content = {"outcome": outcome, **text.columns, "held_by": text.held_by.code if text.held_by else None}
    return sha256(json.dumps([content, rests_on], sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def propose(
    *, referral_id: int, by: User, now: datetime, outcome: str, reasons: str, balance: str, **columns: Any
) -> Proposal:
    """Put a decision that needs a second reader to the other officers. It decides nothing yet. Raises Refused.

    `outcome` is accepted or not_accepted, `columns` what `accept` asks for as well.
    """
    text = Text(reasons=reasons, balance=balance, **columns)
    accepted = outcome == Outcome.ACCEPTED
    referral = lock_to_propose(referral_id, by=by, verb="propose")
    refuse_if(
        reasons_not_to_decide(referral, "accept" if accepted else "not_accept", by)
        or reasons_not_to_say(outcome, text)
    )
    cause = why_read_twice(referral, accepted=accepted, **text.judged)
    refuse_if([] if cause else ["This decision needs no second reader. Make it yourself."])
    found = assessment_of(referral, **text.judged)
    proposal = Proposal.objects.create(
        referral=referral,
        outcome=outcome,
        cause=cause,
        proposed_by=by,
        proposed_at=now,
        bound_to=binding(referral, outcome, text, found),
        policy_version=found.policy_version,
        assessment=frozen(found),
        **text.columns,
    )
    record(kind="proposal.proposed", by=by, subject=proposal, now=now, detail={"referral": referral.pk})
    telling.to_be_read_twice(proposal, now=now)
    return proposal


def decide_or_propose(
    *, referral_id: int, by: User, now: datetime, outcome: str, **said: Any
) -> TriageDecision | Proposal:
    """Make the decision, or propose it where a second officer reads it first. Raises Refused.

    `outcome` is accepted or not_accepted, `said` what `accept` or `not_accept` asks for besides.
    """
    accepted = outcome == Outcome.ACCEPTED
    referral = Referral.objects.visible_to(by).get(pk=referral_id)
    if why_read_twice(referral, accepted=accepted, **Text(**said).judged):
        return propose(referral_id=referral_id, by=by, now=now, outcome=outcome, **said)
    return (accept if accepted else not_accept)(referral_id=referral_id, by=by, now=now, **said)


def reasons_not_to_read(proposal: Proposal, by: User) -> list[str]:
    """Why `by` may not be the second reader of it: the state, whose it is, and what they have not opened."""
    referral, reasons = proposal.referral, proposal.reasons_not_to_move("agree")
    if reasons:
        return reasons
    if proposal.proposed_by_id == by.pk:
        reasons.append("You proposed this decision, so somebody else must read it.")
    if referral.created_by_id == by.pk:
        reasons.append("You raised this referral, so somebody else must read it.")
    verb = "accept" if proposal.outcome == Outcome.ACCEPTED else "not_accept"
    return reasons + reasons_of_followers(referral, verb, by) + reasons_not_read(referral, by)


def reasons_not_to_agree(proposal: Proposal) -> list[str]:
    """What has changed under the proposal since it was made."""
    referral, text = proposal.referral, text_of(proposal)
    if not proposal.proposed_by.is_active:
        return [f"{proposal.proposed_by} no longer works here. Return it, so that another officer decides."]
    if proposal.bound_to != binding(referral, proposal.outcome, text, assessment_of(referral, **text.judged)):
        return ["The referral, or what the rules show of it, has changed since this was proposed. Return it."]
    return referral.reasons_not_to_move("accept")


@transaction.atomic
def agree(*, proposal_id: int, by: User, now: datetime, remarks: str = "") -> TriageDecision:
    """Agree as the second reader: the decision is made in its proposer's name, with this reader named beside.

    Of two readers at once one makes it, and the other is told so. Raises Refused.
    """
    proposal = lock_proposal(proposal_id, by=by, verb="agree")
    refuse_if(
        reasons_not_to_read(proposal, by)
        or reasons_not_to_agree(proposal)
        or wordless(remarks, "Enter why you agree, or nothing.", optional=True)
    )
    proposer = proposal.proposed_by
    proposer.request_id = by.request_id  # the entries in their name belong to this reader's request
    decision = make(
        proposal.referral,
        outcome=proposal.outcome,
        text=text_of(proposal),
        by=proposer,
        now=now,
        second_reader=by,
    )
    proposal.move("agree", by=by, now=now, reason=remarks, decision=decision, because=remarks)
    written(proposal, done="agreed", by=by, now=now, decision=decision.pk)
    telling.proposal_ended(proposal, now=now)
    return decision


@transaction.atomic
def send_back(*, proposal_id: int, by: User, now: datetime, reasons: str) -> Proposal:
    """Return it to its proposer, with reasons. The referral stays with them, undecided. Raises Refused."""
    proposal = lock_proposal(proposal_id, by=by, verb="send_back")
    refuse_if(
        reasons_not_to_read(proposal, by) or wordless(reasons, "Enter why you return the proposed decision.")
    )
    proposal.move("send_back", by=by, now=now, reason=reasons, because=reasons)
    written(proposal, done="returned", by=by, now=now)
    telling.proposal_ended(proposal, now=now)
    return proposal


def reasons_not_to_recall(proposal: Proposal, by: User) -> list[str]:
    reasons = proposal.reasons_not_to_move("recall")
    if not reasons and proposal.proposed_by_id != by.pk:
        return [f"{proposal.proposed_by} proposed this decision. Only they can take it back."]
    return reasons


@transaction.atomic
def recall(*, proposal_id: int, by: User, now: datetime, reason: str) -> Proposal:
    """The proposer takes it back, for example to change it; it stays on record as void. Raises Refused."""
    proposal = lock_proposal(proposal_id, by=by, verb="recall")
    refuse_if(
        reasons_not_to_recall(proposal, by)
        or wordless(reason, "Enter why you take the proposed decision back.")
    )
    proposal.move("recall", by=by, now=now, reason=reason, because=reason)
    written(proposal, done="recalled", by=by, now=now)
    return proposal


def written(proposal: Proposal, *, done: str, by: User, now: datetime, **detail: int) -> None:
    record(
        kind=f"proposal.{done}",
        by=by,
        subject=proposal,
        now=now,
        reason=proposal.because,
        detail={"referral": proposal.referral_id, **detail},
    )
