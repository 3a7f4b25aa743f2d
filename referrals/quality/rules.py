"""Which decisions are drawn, and what is asked of each. Plain data and arithmetic."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from math import ceil

from referrals.rules.terms import Term

# The way of drawing, written down with each draw: another way gets another name.
METHOD = "sha256 of seed:reference"


class Question(Term):
    """What a reader answers of every drawn decision; each is a column of the same name."""

    EVIDENCE_READ = "evidence_read", "Does the decision rest on the evidence in the referral?"
    SCOPE_CONFIRMED = "scope_confirmed", "Was it confirmed that the subject is in scope?"
    REASONS_ADEQUATE = "reasons_adequate", "Would the force understand from the reasons why?"
    BALANCE_ADDRESSED = (
        "balance_addressed",
        "Were status, length of residence, family and children weighed?",
    )
    DEPARTURE_EXPLAINED = "departure_explained", "Where it departs from the rules, do the reasons say why?"
    RIGHT_OUTCOME = "right_outcome", "Was it the right outcome on what was known?"


class Answer(Term):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Overall(Term):
    SOUND = "sound", "Sound"
    WITH_REMARKS = "with_remarks", "Sound, with remarks"
    UNSOUND = "unsound", "Unsound"


def place(seed: str, reference: str) -> str:
    """Where a decision comes in the order of a draw. Nobody can foresee it without the seed."""
    return sha256(f"{seed}:{reference}".encode()).hexdigest()


def drawn(references: Iterable[str], *, seed: str, percentage: int) -> list[str]:
    """The first so many of a hundred in the order of `place`, rounded up; the same for the same input."""
    ordered = sorted(references, key=lambda reference: place(seed, reference))
    return ordered[: ceil(len(ordered) * percentage / 100)]


def month_before(day: date) -> date:
    """The first day of the month before."""
    return date(day.year - 1, 12, 1) if day.month == 1 else date(day.year, day.month - 1, 1)


def month_after(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + 1, 1, 1) if first.month == 12 else date(first.year, first.month + 1, 1)


def reasons_about(answers: dict[str, str], *, overall: str, remarks: str, to_do: str) -> list[str]:
    """What is missing of a finding, or does not go together."""
    reasons = [
        f"Answer: {question.label}" for question in Question if answers.get(question) not in Answer.values()
    ]
    if overall not in Overall.values():
        reasons.append("Select your overall finding.")
    if overall == Overall.SOUND and Answer.NO in answers.values():
        reasons.append("You answered a question with No, so the decision is not sound without remarks.")
    if overall == Overall.WITH_REMARKS and not remarks.strip():
        reasons.append("Enter your remarks.")
    if overall == Overall.UNSOUND and not to_do.strip():
        reasons.append("Enter what should be done.")
    return reasons
