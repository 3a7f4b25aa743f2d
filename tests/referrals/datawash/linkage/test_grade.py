"""Every row of the grades, as a table."""

import pytest

from referrals.datawash.linkage.grading import Candidate, Grade, dates_agree, grade

BORN, OTHER, JANUARY = 19850731, 19770214, 19850101


def person(
    probability: float, name: str = "P1", *, identified: bool = False, dob: int | None = BORN
) -> Candidate:
    return Candidate(name, probability, identified, BORN, dob)


ROWS = [
    ("nobody", [], Grade.NO_TRACE, ""),
    ("nobody close", [person(0.009)], Grade.NO_TRACE, ""),
    ("names and date alone", [person(0.9999)], Grade.PROBABLE, "P1"),
    ("at the threshold", [person(0.5)], Grade.PROBABLE, "P1"),
    ("below it", [person(0.49)], Grade.POSSIBLE, "P1"),
    ("just worth a look", [person(0.01)], Grade.POSSIBLE, "P1"),
    ("a far second does not matter", [person(0.9), person(0.05, "P2")], Grade.PROBABLE, "P1"),
    ("two close", [person(0.4, "P2"), person(0.5)], Grade.AMBIGUOUS, "P1"),
    ("eight alike, none of them high", [person(0.12, f"P{place}") for place in range(1, 9)],
     Grade.AMBIGUOUS, "P1"),
    ("possible, with a far second", [person(0.12), person(0.05, "P2")], Grade.POSSIBLE, "P1"),
    ("identifier and date", [person(0.9, identified=True)], Grade.EXACT, "P1"),
    ("identifier and the year of the date", [person(0.9, identified=True, dob=JANUARY)], Grade.EXACT, "P1"),
    ("identifier, another date", [person(0.9, identified=True, dob=OTHER)], Grade.AMBIGUOUS, "P1"),
    ("identifier, no date", [person(0.9, identified=True, dob=None)], Grade.PROBABLE, "P1"),
    ("identifier of two people", [person(0.5, identified=True), person(0.5, "P2", identified=True)],
     Grade.AMBIGUOUS, "P1"),
    ("identifier against the rest", [person(0.1, identified=True), person(0.8, "P2")], Grade.AMBIGUOUS, "P1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("candidates", "expected", "who"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_grades(candidates: list[Candidate], expected: Grade, who: str) -> None:
    graded = grade(candidates)
    assert (graded.grade, graded.person_id) == (expected, who)
    assert graded.reason.endswith(".")
    assert grade(list(reversed(candidates))) == graded


def test_names_and_dates_alone_are_never_exact() -> None:
    assert grade([person(1.0)]).grade is Grade.PROBABLE


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (BORN, BORN, True),
        (BORN, OTHER, False),
        (BORN, JANUARY, True),
        (BORN, None, None),
        (19840101, BORN, False),
    ],
)
def test_dates_agree(one: int, other: int | None, agree: bool | None) -> None:
    assert dates_agree(one, other) is agree


@pytest.mark.parametrize(
    ("candidates", "expected", "who"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_doubtful_date_of_birth_is_never_exact(
    candidates: list[Candidate], expected: Grade, who: str
) -> None:
    graded = grade(candidates, doubtful=True)
    assert graded.grade is (Grade.PROBABLE if expected is Grade.EXACT else expected)
