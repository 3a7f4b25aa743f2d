"""The referral matrix: "an immediate and provisional assessment of the case they were intending to refer"
(guidance p. 11). An outcome is never a decision, and never a score.
"""

from collections.abc import Callable

from referrals.rules.assessment import CRIMINAL_CASEWORK, Assessment, is_uk_custody
from referrals.rules.facts import Conduct, Facts
from referrals.rules.policy import Policy
from referrals.rules.terms import ConductKind, Result, Scope, SentenceType, StatusClass, Suitability, Term


class MatrixOutcome(Term):
    M0 = "M0", "Appears out of scope"
    M1 = "M1", "Indicative: removal or deportation"
    M2 = "M2", "Indicative: conviction-led deportation"
    M3 = "M3", "Indicative: intelligence-led deportation"
    M4 = "M4", "Probably in Criminal Casework: discuss the flag"
    M5 = "M5", "Insufficient information"
    M6 = "M6", "Provisionally not suitable"


# Outcomes that speak for a referral, and those that reject. M4 and M5 leave it to a person.
SPEAKS_FOR = (MatrixOutcome.M1, MatrixOutcome.M2, MatrixOutcome.M3)
REJECTS = (MatrixOutcome.M0, MatrixOutcome.M6)


def is_long_overseas_custody(event: Conduct, policy: Policy) -> bool:
    return (
        event.kind is ConductKind.OVERSEAS_CONVICTION
        and event.is_standing_conviction
        and event.sentence_type is SentenceType.CUSTODIAL
        and (event.sentence_months or 0) >= policy.overseas_custody.months
    )


def has_long_overseas_custody(facts: Facts, policy: Policy) -> bool:
    """Looked at before any limb rejects: "convictions (both in the UK and abroad)" (p. 6), whatever their age.

    Active police interest and a status that is established are asked of it, as of every limb.
    """
    established = facts.status_class in (StatusClass.LEAVE_OR_EEA, StatusClass.NO_LEAVE)
    long = any(is_long_overseas_custody(event, policy) for event in facts.conduct)
    return facts.active_police_interest is True and established and long


def probably_in_criminal_casework(facts: Facts) -> bool:
    """ "All foreign nationals who receive a custodial sentence are referred to Home Office Criminal
    Casework" (p. 9)."""
    return facts.held_by == CRIMINAL_CASEWORK or any(is_uk_custody(event) for event in facts.conduct)


# The first condition that holds gives the outcome.
ORDER: tuple[tuple[MatrixOutcome, Callable[[Facts, Assessment, Policy], bool]], ...] = (
    (MatrixOutcome.M0, lambda facts, found, policy: found.scope is Scope.OUT_OF_SCOPE),
    (MatrixOutcome.M4, lambda facts, found, policy: probably_in_criminal_casework(facts)),
    (MatrixOutcome.M5, lambda facts, found, policy: found.scope is Scope.MANUAL_CHECK),
    (MatrixOutcome.M1, lambda facts, found, policy: found.limb("2").result is Result.MET),
    (MatrixOutcome.M2, lambda facts, found, policy: has_long_overseas_custody(facts, policy)),
    (MatrixOutcome.M5, lambda facts, found, policy: found.suitability is Suitability.UNDETERMINED),
    (MatrixOutcome.M6, lambda facts, found, policy: found.suitability is Suitability.NOT_MET),
    (MatrixOutcome.M2, lambda facts, found, policy: found.limb("1B").result is Result.MET),
    (MatrixOutcome.M3, lambda facts, found, policy: True),
)


def outcome_of(facts: Facts, found: Assessment, policy: Policy) -> MatrixOutcome:
    """The matrix's provisional outcome for facts already assessed, under the policy they were assessed by."""
    return next(outcome for outcome, holds in ORDER if holds(facts, found, policy))
