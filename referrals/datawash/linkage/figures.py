"""The benchmark's figures of quality, each beside its target."""

from collections.abc import Sequence
from dataclasses import dataclass

from referrals.datawash.linkage import measuring
from referrals.datawash.linkage.generator import Subject
from referrals.datawash.linkage.grading import POSSIBLE_FROM, PROBABLE_FROM
from referrals.datawash.linkage.measuring import Pair

HARDER, ABSENT = 1.6, 0.4  # how the two other lists differ from the standard one
PRECISION = 0.98
MOST_CALIBRATION_ERROR = 0.03
MOST_APART = 0.05  # the best group's recall over the worst's


@dataclass(frozen=True)
class Figure:
    """One measured figure beside its target; `least` tells which side of it is good."""

    what: str
    measured: float
    target: float
    least: bool = False

    @property
    def missed(self) -> bool:
        return self.measured < self.target if self.least else self.measured > self.target

    def __str__(self) -> str:
        side = "at least" if self.least else "at most"
        verdict = "MISSED" if self.missed else "met"
        return f"{self.what:<58} {self.measured:8.4f}   {side} {self.target:g}: {verdict}"


def of_quality(scored: Sequence[Pair], subjects: Sequence[Subject]) -> list[Figure]:
    """The figures of the standard list."""
    precision, recall = measuring.precision_and_recall(scored, subjects, PROBABLE_FROM)
    _, over_all = measuring.precision_and_recall(scored, subjects, POSSIBLE_FROM)
    wrong = measuring.wrong_a_subject(scored, subjects, POSSIBLE_FROM)
    return [
        Figure("precision, exact and probable", precision, PRECISION, least=True),
        Figure("recall, exact and probable", recall, 0.94, least=True),
        Figure("recall over all grades", over_all, 0.975, least=True),
        Figure("wrong candidates a subject", wrong, 0.35),
        _calibration(scored, ""),
        _apart("tradition", measuring.recall_by(scored, subjects, POSSIBLE_FROM, "tradition")),
        _apart("kind of row", measuring.recall_by(scored, subjects, POSSIBLE_FROM, "kind")),
    ]


def of_harder_list(scored: Sequence[Pair], subjects: Sequence[Subject]) -> list[Figure]:
    where = f", hardness {HARDER:g}"
    recall = measuring.recall_at(scored, subjects, PRECISION)
    return [Figure(f"recall at precision .98{where}", recall, 0.95, least=True), _calibration(scored, where)]


def of_absent_list(scored: Sequence[Pair], _subjects: Sequence[Subject]) -> list[Figure]:
    return [_calibration(scored, f", {ABSENT:.0%} absent")]


def _calibration(scored: Sequence[Pair], where: str) -> Figure:
    error = measuring.calibration_error(scored, POSSIBLE_FROM)
    return Figure(f"expected calibration error{where}", error, MOST_CALIBRATION_ERROR)


def _apart(group: str, recall: dict[str, float]) -> Figure:
    return Figure(
        f"best {group}'s recall over the worst's", max(recall.values()) - min(recall.values()), MOST_APART
    )
