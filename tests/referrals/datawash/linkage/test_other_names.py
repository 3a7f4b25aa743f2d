"""Other names: before a comma stands the surname; without one both readings are tried, on both sides."""

from pathlib import Path

import pytest

from referrals.datawash.linkage import names, normalise
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.normalise import COLUMNS
from referrals.datawash.linkage.washing import Washed
from tests.referrals.datawash.linkage.found import Row, washed

JAN = "Kowalski, Jan Piotr"
ROWS = (
    Row("Zzyzx, Bob", JAN, "1985-07-31", more={"aliases": "KOWALSKI, Jan Piotr"}),
    Row("Zzyzx, Rob", JAN, "1985-08-31", more={"aliases": "Jan Piotr Kowalski"}),
    Row("Zzyzx, Rab", JAN, "1985-09-30", more={"aliases": "Kowalski Jan Piotr"}),
    Row("Pendragon, Kit", "Serwaa, Abena Konadu", "1990-02-02", more={"aliases": "Nobody Known; SERWAA, Abena"}),
    Row("Serwaa, Abena Konadu", "Oduro, Gifty", "1990-03-03", known={"aliases": "SERWAA, Abena Konadu"}),
    Row("Serwaa, Efua Konadu", "Oduro, Grace", "1990-04-04", known={"aliases": "Serwaa Efua Konadu"}),
    Row("Pendragon, Tom", "Nguyễn, Văn Thành", "1988-05-05", more={"aliases": "Nguyen Van Thanh|Tommy"}),
    Row("Pendragon, Ali", "Hussein, Mohammed", "1993-04-16", more={"aliases": "حسين، محمد"}),
    Row("Pendragon, Lee", "Oduro, Kojo", "1979-06-06", more={"aliases": "Lee Wang Xiu"}, known={"aliases": "WANG XIU, Lee"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Washed]:
    return washed(ROWS, tmp_path_factory.mktemp("aliases"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_another_name_is_read_with_its_comma_and_without_both_ways(
    row: Row, found: dict[str, Washed]
) -> None:
    graded = found[row.name].graded
    assert (graded.grade, graded.person_id) == (Grade.PROBABLE, str(ROWS.index(row) + 1)), graded


READ = [
    ("KOWALSKI, Jan Piotr", {("KOWALSKI", "Jan Piotr", False)}),
    ("Jan Piotr Kowalski", {("Kowalski", "Jan Piotr", False), ("Jan", "Piotr Kowalski", True)}),
    ("Jan Kowalski", {("Kowalski", "Jan", False)}),
    ("Kowalski,Jan,Piotr", {("Kowalski", "Jan Piotr", False)}),
    (" ;Janek; , ", {("Janek", "", False)}),
    ("王，小明；Wang Xiaoming", {("王", "小明", False), ("Xiaoming", "Wang", False)}),
]


@pytest.mark.parametrize(("aliases", "read"), READ, ids=[each[0] for each in READ])
def test_how_other_names_are_read(aliases: str, read: set[tuple[str, str, bool]]) -> None:
    given = dict.fromkeys(COLUMNS) | {"surname": "Zzyzx", "forenames": "Bob", "aliases": aliases}
    columns = ", ".join(f"CAST(${name} AS VARCHAR) AS {name}" for name in COLUMNS)
    with connected() as connection:
        connection.execute(f"CREATE TEMP TABLE arrived AS SELECT 0 AS number, {columns}", given)
        connection.execute(names.NAMES_IN_ROWS.format(table="arrived"))
        rows = connection.sql("SELECT trim(surname), trim(forenames), again FROM named").fetchall()
    assert set(rows) - {("Zzyzx", "Bob", False)} == read


def test_without_the_comma_read_a_name_is_two_halves_that_say_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ROWS[0]
    read = washed([row], tmp_path)[row.name].graded.probability
    monkeypatch.setattr(normalise, "NAMES_IN_ROWS", names.NAMES_IN_ROWS.replace("'[;|]'", "'[;|,]'"))
    assert washed([row], tmp_path)[row.name].graded.probability < read
