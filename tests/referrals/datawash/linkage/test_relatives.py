"""Relatives at one address: what differs is said beside the weight, and nothing reads as certain."""

import csv
from pathlib import Path

import pytest

from referrals.datawash.linkage import beside
from referrals.datawash.linkage.grading import MOST_CERTAIN, Grade
from referrals.datawash.linkage.washing import Washed, write_results
from tests.referrals.datawash.linkage.found import Row, washed


def _at(postcode: str, **more: str) -> dict[str, str]:
    return {"postcode": postcode, **more}


# The list's person is a relative of the register's, and not in it.
BROTHER_AND_SISTER = Row(
    "Kovac, Ana", "Kovac, Marko", "1993-08-01", "F", _at("M1 2AB"), _at("M1 2AB", dob="1990-04-11", sex="M")
)
TWINS = Row("Shala, Dafina", "Shala, Arben", "1991-04-11", "F", _at("B1 2AB"), _at("B1 2AB", sex="M"))
FATHER_AND_SON = Row(
    "Begum, Kamal Anwar", "Begum, Anwar", "1994-01-17", "M", _at("L1 2AB"), _at("L1 2AB", dob="1970-12-06")
)
RELATIVES = (BROTHER_AND_SISTER, TWINS, FATHER_AND_SON)
CERTAIN = Row(
    "Quillfeather, Ottilie", "Quillfeather, Ottilie", "1971-03-09", "F",
    _at("E1 2AB", ho_ref="Q1234567"), _at("E1 2AB", ho_ref="Q1234567"),
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Washed]:
    return washed((*RELATIVES, CERTAIN), tmp_path_factory.mktemp("relatives"))


def test_no_relative_is_named_as_the_same_person(found: dict[str, Washed]) -> None:
    for row in RELATIVES:
        assert found[row.name].graded.probability < 0.5, row.name
        assert found[row.name].graded.grade in (Grade.NO_TRACE, Grade.POSSIBLE), row.name


def _compared(row: Row) -> str:
    listed = {"dob": row.dob, "sex": row.sex} | row.more
    known = {"dob": row.dob, "sex": row.sex} | row.known
    names = [
        dict(zip(("surname", "forenames"), name.split(", "), strict=True))
        for name in (row.listed, row.register)
    ]
    sides = [
        dict.fromkeys(beside.FIELDS, "") | name | more
        for name, more in zip(names, (listed, known), strict=True)
    ]
    return beside.differences(beside.lines(*sides))


def test_the_sentence_beside_the_weight_says_what_differs() -> None:
    assert _compared(TWINS) == "Different forenames, different sex."
    assert _compared(BROTHER_AND_SISTER) == "Different forenames, different date of birth, different sex."
    assert _compared(FATHER_AND_SON) == "Forenames close (one side gives more), different date of birth."
    assert _compared(CERTAIN) == ""


def test_the_file_of_results_says_what_differs(tmp_path: Path) -> None:
    """Of two in a register of one, the only person there is; so the sentence has to speak."""
    answers = washed([TWINS], tmp_path, crowd=0)
    write_results(tmp_path / "O.csv", answers.values())
    with (tmp_path / "O.csv").open(newline="") as opened:
        (told,) = csv.DictReader(opened)
    assert told["person_id"] in ("", "1")
    if told["person_id"]:
        assert told["reason"].endswith("Different forenames, different sex.")


def test_a_probability_never_reads_as_certain(found: dict[str, Washed], tmp_path: Path) -> None:
    certain = found[CERTAIN.name]
    assert certain.graded.probability == MOST_CERTAIN
    write_results(tmp_path / "O.csv", [certain])
    assert "1.000000" not in (tmp_path / "O.csv").read_text()


def test_names_in_another_order_agree_side_by_side() -> None:
    row = Row("Hoa, Nguyen Thi", "Nguyễn, Thị Hoa", "1990-01-13")
    assert _compared(row) == ""
