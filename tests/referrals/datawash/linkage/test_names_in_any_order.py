"""A person is found whatever the order of the name's parts and wherever the list ends the surname."""

from itertools import permutations
from pathlib import Path

import pytest

from referrals.datawash.linkage import linking
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.washing import Washed
from tests.referrals.datawash.linkage.found import Row, washed

ROWS = (
    Row("Hoa, Nguyen Thi", "Nguyễn, Thị Hoa", "1990-01-13", "F"),
    Row("Mohammed, Ali Hassan", "Hassan, Mohammed Ali", "1991-02-14"),
    Row("Imran, Khan Muhammad", "Khan, Muhammad Imran", "1995-06-18"),
    Row("Ana, García", "García, Ana", "1998-09-21", "F"),
    Row("Đức Lê, Văn", "Lê, Văn Đức", "1987-03-05"),
    Row("Kamau, Njoroge Wanjiru", "Wanjiru, Kamau Njoroge", "1979-11-02", "F"),
    Row("Adebayo, Oluwaseun Chukwu", "Chukwu, Adébáyọ̀ Olúwaṣẹun", "1984-04-23"),
    Row("dela Cruz, Reyes Jomar", "Reyes, Jomar dela Cruz", "1993-08-08"),
    Row("Ming, Wang Xiao", "Wang, Xiao Ming", "1989-12-30"),
    Row("María, Quintana Robles Lucía", "Quintana Robles, María Lucía", "1981-05-17", "F"),
    Row("Quintana, Ignacio", "Quintana Robles, Ignacio", "1981-06-18"),
    Row("Ivanovych, Danylo Kovalchuk", "Kovalchuk, Danylo Ivanovych", "1976-10-09"),
    Row("Danylo Ivanovych, Tkachuk", "Tkachuk, Danylo", "1977-10-19"),
    Row("Sseremba Okello, Patience", "Okello, Patience Sseremba", "1992-07-27", "F"),
    Row("Patel, Meera Joshi", "Joshi, Meera Patel", "1986-02-26", "F"),
    Row("Gebremariam Tesfay Selam, ", "Selam, Gebremariam Tesfay", "1994-03-15", "F"),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Washed]:
    return washed(ROWS, tmp_path_factory.mktemp("order"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_name_is_found_in_any_order_and_any_split_when_the_date_agrees(
    row: Row, found: dict[str, Washed]
) -> None:
    graded = found[row.name].graded
    assert (graded.grade, graded.person_id) == (Grade.PROBABLE, str(ROWS.index(row) + 1)), graded


def test_every_order_and_split_of_one_name_gives_one_probability(tmp_path: Path) -> None:
    splits = [
        f"{' '.join(parts[:surname])}, {' '.join(parts[surname:])}"
        for parts in permutations(("Lê", "Văn", "Đức"))
        for surname in (1, 2, 3)
    ]
    person = Row("Lê, Văn Đức", "Lê, Văn Đức", "1987-03-05")
    rows = [person, *(Row(split, f"Somebody, Else{at}", "1987-03-05") for at, split in enumerate(splits))]
    answers = washed(rows, tmp_path)
    assert {answers[row.name].graded.person_id for row in rows} == {"1"}
    assert len({round(answers[row.name].graded.probability, 3) for row in rows}) == 1


def test_without_the_rules_on_parts_a_rotated_name_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [rule for rule in linking.BLOCKING_RULES if rule[0] not in ("key_sound", "key_date_parts")]
    monkeypatch.setattr(linking, "BLOCKING_RULES", tuple(rules))
    row = ROWS[0]
    assert washed([row], tmp_path)[row.name].graded.grade is Grade.NO_TRACE
