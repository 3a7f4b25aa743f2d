"""From scored persons to one grade for a subject. Pure: plain values in, a grade and a sentence out.

Exact = a valid unique identifier and an agreeing date of birth; an identifier with a conflicting date is
ambiguous. Names and dates alone are never more than probable: a person confirms. Nothing merges by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PROBABLE_FROM = 0.5  # measured on the standard set: see docs/benchmarks.md
POSSIBLE_FROM = 0.01
MOST_CERTAIN = 0.999999  # no comparison of details makes it certain that two records are one person
NOBODY = "No person in the register comes close. This does not mean no leave."
NOT_COMPARED = (
    "The name cannot be compared: no part of it can be written in Latin letters, and nobody in the register has it"
    " as it is written. This does not mean no leave."
)
CLOSE = 0.2  # a second person this probable is a serious rival


class Grade(StrEnum):
    EXACT = "exact"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    AMBIGUOUS = "ambiguous"
    NO_TRACE = "no trace"


@dataclass(frozen=True)
class Candidate:
    """One person of the register beside a subject. Dates are YYYYMMDD, None where not known."""

    person_id: str
    probability: float
    identified: bool = False
    subject_dob: int | None = None
    person_dob: int | None = None


@dataclass(frozen=True)
class Graded:
    """The grade, the person it names ("" for none) and why."""

    grade: Grade
    person_id: str
    probability: float
    reason: str


def dates_agree(one: int | None, other: int | None) -> bool | None:
    """True, False, or None where it cannot be told. A year alone agrees with any date in that year."""
    if one is None or other is None:
        return None
    if one == other:
        return True
    return one // 10000 == other // 10000 and 101 in (one % 10000, other % 10000)


def grade(candidates: Sequence[Candidate], *, in_latin: bool = True, doubtful: bool = False) -> Graded:
    """The grade of one subject from every person scored for it, in any order.

    `in_latin` tells whether any part of the subject's names could be compared with names in Latin letters,
    `doubtful` whether its date of birth is doubtful: then it is never exact.
    """
    ranked = sorted(candidates, key=lambda each: (-each.probability, each.person_id))
    holders = [each for each in ranked if each.identified]
    if holders:
        return _by_identifier(holders, ranked, doubtful=doubtful)
    serious = [each for each in ranked if each.probability >= POSSIBLE_FROM]
    if not serious:
        return Graded(Grade.NO_TRACE, "", 0.0, NOBODY if in_latin else NOT_COMPARED)
    best = serious[0]
    # Many equals share the probability out until none is high: half as probable as the best is close too.
    close = [each for each in serious if each.probability >= min(CLOSE, best.probability / 2)]
    if len(close) > 1:
        return _graded(
            Grade.AMBIGUOUS, best, f"{len(close)} people are about as close: a person must review them."
        )
    if best.probability >= PROBABLE_FROM:
        return _graded(Grade.PROBABLE, best, "The details agree well: a person has to confirm.")
    return _graded(Grade.POSSIBLE, best, "Some of the details agree: a person must review them.")


def _by_identifier(holders: list[Candidate], ranked: list[Candidate], *, doubtful: bool) -> Graded:
    """An identifier speaks only when it is unique and nothing contradicts it."""
    if len({each.person_id for each in holders}) > 1:
        return _graded(Grade.AMBIGUOUS, holders[0], "The identifiers belong to more than one person.")
    holder = holders[0]
    agreeing = dates_agree(holder.subject_dob, holder.person_dob)
    if agreeing is False:
        return _graded(Grade.AMBIGUOUS, holder, "The identifier agrees but the date of birth does not.")
    rivals = [
        each for each in ranked if each is not holder and each.probability > max(CLOSE, holder.probability)
    ]
    if rivals:
        return _graded(Grade.AMBIGUOUS, holder, "The identifier names one person, the other details another.")
    if agreeing is None:
        return _graded(Grade.PROBABLE, holder, "The identifier agrees; a date of birth is missing.")
    if doubtful:
        return _graded(
            Grade.PROBABLE, holder, "The identifier agrees; the date of birth in the list is doubtful."
        )
    return _graded(Grade.EXACT, holder, "A valid identifier and the date of birth agree.")


def _graded(grade: Grade, candidate: Candidate, reason: str) -> Graded:
    return Graded(grade, candidate.person_id, candidate.probability, reason)
