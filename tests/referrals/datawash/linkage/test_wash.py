"""A generated register and list through the engine and through the command."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import call_command

from nexus.bootstrap import CHECKOUT
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.explaining import explain
from referrals.datawash.linkage.generator import (
    REGISTER_COLUMNS,
    Subject,
    as_table,
    generate_list,
    generate_register,
)
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.washing import Washed, wash, write_results

PERSONS, SUBJECTS, YEAR = 4000, 120, 2026


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Subject]]]:
    """The folder with R.parquet, register.duckdb and L.csv, and the list with its answers."""
    folder = tmp_path_factory.mktemp("datawash")
    with duckdb.connect() as connection:
        generate_register(connection, "people", PERSONS, seed=11)
        subjects = generate_list(connection, "people", SUBJECTS, seed=11)
        connection.sql(f"SELECT {', '.join(REGISTER_COLUMNS)} FROM people").write_csv(str(folder / "R.csv"))
        listed = as_table(subjects)  # noqa: F841 - DuckDB finds it by its name
        connection.sql("SELECT * FROM listed").write_csv(str(folder / "L.csv"))
    snapshot.build(folder / "register.duckdb", folder / "R.csv", this_year=YEAR)
    yield folder, subjects


def washed(folder: Path, rows: list[dict[str, str]], threads: int = 1) -> list[Washed]:
    with connected(threads=threads) as connection:
        snapshot.attach(connection, folder / "register.duckdb")
        return list(wash(Engine(connection, this_year=YEAR), rows))


def test_most_subjects_are_found_and_hardly_anybody_else(made: tuple[Path, list[Subject]]) -> None:
    folder, subjects = made
    answers = washed(folder, [subject.row for subject in subjects])
    told = [
        (answer.graded.person_id, subject.person_id)
        for answer, subject in zip(answers, subjects, strict=True)
        if answer.graded.grade in (Grade.EXACT, Grade.PROBABLE)
    ]
    right = sum(found == known for found, known in told)
    assert right / len(told) >= 0.97
    assert right / sum(bool(subject.person_id) for subject in subjects) >= 0.9


def test_the_scores_do_not_depend_on_threads_or_on_the_rest_of_the_list(
    made: tuple[Path, list[Subject]],
) -> None:
    folder, subjects = made
    rows = [subject.row for subject in subjects]
    alone = [washed(folder, [row])[0] for row in rows[:3]]
    one, two = washed(folder, rows), washed(folder, rows, threads=2)
    for some, others in ((one, two), (alone, one[:3])):
        for each, other in zip(some, others, strict=True):
            assert each.graded.probability == pytest.approx(other.graded.probability, abs=1e-9)
            assert (each.graded.grade, each.graded.person_id, each.pot) == (
                other.graded.grade, other.graded.person_id, other.pot
            )  # fmt: skip


def test_an_engine_that_washed_before_gives_the_same_scores(made: tuple[Path, list[Subject]]) -> None:
    folder, subjects = made
    rows = [subject.row for subject in subjects]
    with connected() as connection:
        snapshot.attach(connection, folder / "register.duckdb")
        warm = Engine(connection, this_year=YEAR)
        list(wash(warm, rows[40:]))
        assert list(wash(warm, rows[:40])) == washed(folder, rows[:40])


def test_a_pair_explains_itself(made: tuple[Path, list[Subject]]) -> None:
    folder, subjects = made
    with connected() as connection:
        snapshot.attach(connection, folder / "register.duckdb")
        engine = Engine(connection, this_year=YEAR)
        engine.score([subject.row for subject in subjects])
        row_l, row_r, weight = connection.execute(
            "SELECT row_l, row_r, weight FROM scored ORDER BY weight DESC LIMIT 1"
        ).fetchall()[0]
        steps = explain(engine, row_l, row_r)
    assert sum(step.weight for step in steps) == pytest.approx(weight, abs=1e-6)
    assert {step.field for step in steps} >= {"names", "date of birth", "postcode"}
    assert all(step.sentence.endswith(".") for step in steps)


def test_a_refreshed_snapshot_knows_the_new_and_forgets_the_gone(
    made: tuple[Path, list[Subject]], tmp_path: Path
) -> None:
    folder, _ = made
    copy = tmp_path / "register.duckdb"
    copy.write_bytes((folder / "register.duckdb").read_bytes())
    (tmp_path / "new.csv").write_text("person_id,surname,forenames,dob\nN1,Quillfeather,Ottilie,1971-03-09\n")
    row = {"force_row_ref": "R1", "surname": "Quilfeather", "forenames": "Ottilie", "dob": "1971-03-09"}
    assert washed(folder, [row])[0].graded.grade is Grade.NO_TRACE
    snapshot.refresh(copy, tmp_path / "new.csv", this_year=YEAR)
    assert washed(tmp_path, [row])[0].graded.person_id == "N1"
    (tmp_path / "none.csv").write_text("person_id,surname,forenames,dob\n")
    snapshot.refresh(copy, tmp_path / "none.csv", this_year=YEAR, gone=("N1",))
    assert washed(tmp_path, [row])[0].graded.grade is Grade.NO_TRACE


def test_no_cell_of_a_report_starts_a_formula(made: tuple[Path, list[Subject]], tmp_path: Path) -> None:
    folder, subjects = made
    rows = [{**subjects[0].row, "force_row_ref": "=1+1"}]
    write_results(tmp_path / "O.csv", washed(folder, rows))
    with (tmp_path / "O.csv").open(newline="") as opened:
        assert list(csv.reader(opened))[1][0] == "'=1+1"


def command(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = ["--list", f"{folder}/L.csv", "--out", f"{folder}/O.csv", "--pairs", f"{folder}/P.csv", *more]
    environment = {**os.environ, "NEXUS_VENV": "off"}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "manage.py", "datawash", *arguments],
        cwd=CHECKOUT, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip


def test_the_command_writes_results_and_pairs_without_a_database(made: tuple[Path, list[Subject]]) -> None:
    folder, _ = made
    done = command(folder, "--register", f"{folder}/register.duckdb")
    assert done.returncode == 0, done.stderr
    assert f"{SUBJECTS} rows: {SUBJECTS} accepted, 0 rejected." in done.stderr

    def rows(name: str) -> list[dict[str, Any]]:
        with (folder / name).open(newline="") as opened:
            return list(csv.DictReader(opened))

    results, pairs = rows("O.csv"), rows("P.csv")
    assert list(results[0]) == ["force_row_ref", "grade", "person_id", "probability", "pot", "reason"]
    assert list(pairs[0]) == ["force_row_ref", "person_id", "probability"]
    assert len(results) == SUBJECTS
    scored = {(row["force_row_ref"], row["person_id"]) for row in pairs}
    assert all((row["force_row_ref"], row["person_id"]) in scored for row in results if row["person_id"])
    assert all(row["pot"] == "undetermined" for row in results if row["grade"] in ("no trace", "ambiguous"))


def test_the_command_refuses_a_register_without_people(
    made: tuple[Path, list[Subject]], tmp_path: Path
) -> None:
    (tmp_path / "R.csv").write_text("name\nsomebody\n")
    arguments = [
        "--list",
        f"{made[0]}/L.csv",
        "--register",
        f"{tmp_path}/R.csv",
        "--out",
        f"{tmp_path}/O.csv",
    ]
    with pytest.raises(SystemExit, match="2"):
        call_command("datawash", *arguments, stderr=(said := StringIO()))
    assert "no column person_id" in said.getvalue()
