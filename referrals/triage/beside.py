"""The rules beside the case: each limb, and which events count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from referrals.models import ConductEvent, Referral
from referrals.queries import conduct_of, facts_of, reference_date
from referrals.rules.assessment import assess
from referrals.rules.counting import why_not_counted, window
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.policies import policy_of_version
from referrals.rules.policy import Policy


@dataclass(frozen=True)
class RulesShown:
    """What the rules show, for the page: `found` as `actions.decide.frozen` gives it."""

    found: dict[str, Any]
    policy: Policy
    on: date
    matrix: str
    since: date
    until: date
    decided_at: datetime | None = None


def rules_shown(referral: Referral, found: dict[str, Any], decided_at: datetime | None = None) -> RulesShown:
    """`found` is today's assessment, or the one frozen with a decision. Its policy stays its own."""
    facts, policy = facts_of(referral), policy_of_version(found["policy_version"])
    since, until = window(reference_date(referral), policy)
    outcome: MatrixOutcome = outcome_of(facts, assess(facts, policy), policy)
    return RulesShown(
        found, policy, reference_date(referral), f"{outcome.value} {outcome.label}", since, until, decided_at
    )


@dataclass(frozen=True)
class Counted:
    """An event beside what the persistence guide makes of it."""

    event: ConductEvent
    why_not: str


def events_counted(referral: Referral, policy: Policy) -> list[Counted]:
    """`policy` is that of the rules shown beside the events."""
    facts = facts_of(referral)
    return [
        Counted(event, why_not_counted(conduct_of(event), facts, policy)) for event in referral.conduct.all()
    ]
