"""A decision on a case: drafted, reviewed, made, served, and challenged."""

from casework.decisions.models.challenge import LITIGATION, Challenge, ChallengeChange, ChallengeKind
from casework.decisions.models.claim import CLAIM_KINDS, Claim, ClaimEnd, ClaimMade
from casework.decisions.models.decision import Decision, DecisionChange, ServedHow
from casework.decisions.models.finding import Finding
from casework.decisions.models.hearing import Hearing, HearingResult
from casework.decisions.models.letter import Letter, LetterTemplate
from casework.decisions.models.submission import Submission

__all__ = [
    "LITIGATION",
    "CLAIM_KINDS",
    "Challenge",
    "ChallengeChange",
    "ChallengeKind",
    "Claim",
    "ClaimEnd",
    "ClaimMade",
    "Decision",
    "DecisionChange",
    "Finding",
    "Hearing",
    "HearingResult",
    "Letter",
    "LetterTemplate",
    "ServedHow",
    "Submission",
]
