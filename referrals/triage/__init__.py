"""What the Home Office's pages of one referral say besides its answers: risk, next action, the rules."""

from referrals.triage.beside import Counted, RulesShown, events_counted, rules_shown
from referrals.triage.coming import NextAction, is_done_by, next_action, next_steps, proposal_for
from referrals.triage.happened import happenings
from referrals.triage.header import identity_details, risks
from referrals.triage.standing import (
    allocation_of,
    decisions,
    holds,
    latest_proposal,
    questions_with_standing,
    requests,
)

__all__ = [
    "Counted",
    "NextAction",
    "RulesShown",
    "allocation_of",
    "questions_with_standing",
    "decisions",
    "events_counted",
    "happenings",
    "holds",
    "identity_details",
    "is_done_by",
    "latest_proposal",
    "next_action",
    "next_steps",
    "proposal_for",
    "requests",
    "risks",
    "rules_shown",
]
