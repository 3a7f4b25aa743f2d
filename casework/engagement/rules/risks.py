"""The risk assessment as data: what is asked, and what the force is told of the answers.

"… fully reviewed, quality assured and suitably risk-assessed (including requests for detention on reporting)"
(guidance p. 8). Not known is an answer, blank is none. What is not in `READ_BY_FORCE` stays with the Home Office: health,
vulnerability and trafficking reach officers only as far as their or the person's safety needs, in the words
somebody chose for them (`safety_note`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.engagement.rules.powers import DETENTIONS
from referrals.rules.terms import Term

YES, NO, NOT_KNOWN = "yes", "no", "not_known"


class Question(Term):
    """One question of the risk assessment."""

    ADULTS_AT_RISK = "adults_at_risk", "Is the person an adult at risk?"
    CHILDREN = "children", "Are children present, or affected?"
    MEDICAL = "medical", "Is there a medical condition?"
    TRAFFICKING = (
        "trafficking",
        "Is there a trafficking indicator, or a National Referral Mechanism decision pending or positive?",
    )
    MENTAL_HEALTH = "mental_health", "Is there a mental health condition, or a risk of self-harm?"
    WARNINGS = "warnings", "Are there warnings: weapons, violence, drugs, dogs, others at the address?"
    LANGUAGE = "language", "Is an interpreter needed?"
    COMMUNITY = "community", "Could it have an impact on the community?"


SHORT = {
    Question.ADULTS_AT_RISK: "adult at risk",
    Question.CHILDREN: "children",
    Question.MEDICAL: "medical",
    Question.TRAFFICKING: "trafficking",
    Question.MENTAL_HEALTH: "mental health",
    Question.WARNINGS: "warnings",
    Question.LANGUAGE: "interpreter",
    Question.COMMUNITY: "community impact",
}

# The force reads these answers as they stand.
READ_BY_FORCE = frozenset({Question.CHILDREN, Question.WARNINGS, Question.LANGUAGE, Question.COMMUNITY})
# Before a verbal authorisation these are asked whatever the hour.
AT_ONCE = (Question.ADULTS_AT_RISK, Question.TRAFFICKING)


class AtRiskLevel(Term):
    """Levels of evidence of the Home Office's adults-at-risk policy; unverified against its present text."""

    ONE = "1", "Level 1: the person says so"
    TWO = "2", "Level 2: professional or official evidence"
    THREE = "3", "Level 3: professional evidence that detention would be likely to cause harm"


class RiskLevel(Term):
    """What the CIO or HMI makes of it all. Local: the guidance names no levels."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


@dataclass(frozen=True)
class Answered:
    answer: str
    words: str


Risks = Mapping[str, Answered]


def reasons_not_a_level(level: str) -> list[str]:
    return [] if level in RiskLevel.values() else ["Select how high the risk is."]


def adult_at_risk(risks: Risks) -> str:
    given = risks.get(Question.ADULTS_AT_RISK)
    return given.answer if given else ""


def reasons_adults_at_risk_unanswered(kind: str, risks: Risks) -> list[str]:
    """Adults-at-risk answers precede detention: nothing else of a detention is asked for before them."""
    if kind not in DETENTIONS or adult_at_risk(risks):
        return []
    return ["Answer whether the person is an adult at risk before you ask for a detention."]


def known_as_yes(risks: Risks) -> list[str]:
    """For a line of a list: what was answered with yes, in short."""
    return [SHORT[question] for question in Question if question in risks and risks[question].answer == YES]


def not_known(risks: Risks) -> list[str]:
    return [
        SHORT[question] for question in Question if question in risks and risks[question].answer == NOT_KNOWN
    ]
