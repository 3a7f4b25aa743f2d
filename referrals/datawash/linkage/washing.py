"""A whole wash without a database: accepted rows and a register snapshot in, graded rows and pairs out."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow

from referrals.datawash.linkage.beside import FIELDS, differences, lines
from referrals.datawash.linkage.checking import DOUBT
from referrals.datawash.linkage.explaining import Step, explain_all
from referrals.datawash.linkage.grading import POSSIBLE_FROM, Candidate, Graded, grade
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.pots import POT_OF_STATUS, Pot, pot

RESULT_COLUMNS = ("force_row_ref", "grade", "person_id", "probability", "pot", "reason")
PAIR_COLUMNS = ("force_row_ref", "person_id", "probability")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Washed:
    """One subject's answer: its grade, and the pot that the named person's status puts it in."""

    force_row_ref: str
    graded: Graded
    pot: Pot
    differs: str = ""  # what does not agree with the named person, in a sentence


@dataclass(frozen=True)
class Pair:
    """One person close to a subject, and the steps that say why."""

    person_id: str
    probability: float
    weight: float
    steps: list[Step]


def wash(
    engine: Engine, subjects: list[Mapping[str, str]], agreed: Mapping[str, str] = POT_OF_STATUS
) -> Iterator[Washed]:
    """One answer for each subject, in the list's order. The engine's `scored` holds every pair afterwards.

    `agreed` is the agreement's table of pots by status.
    """
    engine.score(subjects)
    rows = engine.connection.sql(
        "SELECT s.number, p.person_id, s.probability, s.identified, s.dob_l, s.dob_r, p.number"
        " FROM scored s JOIN register.people p ON p.number = s.person"
    ).fetchall()
    candidates: dict[int, list[Candidate]] = {}
    place: dict[str, int] = {}
    for number, person_id, probability, identified, dob_l, dob_r, person in rows:
        candidates.setdefault(number, []).append(Candidate(person_id, probability, identified, dob_l, dob_r))
        place[person_id] = person
    in_latin = _in_latin(engine)
    graded = [
        grade(candidates.get(number, []), in_latin=number in in_latin, doubtful=bool(subject.get(DOUBT)))
        for number, subject in enumerate(subjects)
    ]
    people = _people(engine, {place[each.person_id] for each in graded if each.person_id})
    for subject, each in zip(subjects, graded, strict=True):
        person = people.get(each.person_id, {})
        found = pot(each.grade, person.get("immigration_status"), agreed)
        differs = differences(lines(_texts(subject), _texts(person))) if person else ""
        yield Washed(subject["force_row_ref"], each, found, differs)


def _people(engine: Engine, numbers: set[int]) -> dict[str, dict[str, str]]:
    """What the register shows of the persons with these numbers, by their ids."""
    engine.connection.register("wanted", pyarrow.table({"number": pyarrow.array(numbers, pyarrow.int64())}))
    found = engine.connection.sql(
        "SELECT p.* FROM register.people p JOIN wanted USING (number)"
    ).to_arrow_table()
    engine.connection.unregister("wanted")
    return {each["person_id"]: each for each in found.to_pylist()}


def _texts(side: Mapping[str, Any]) -> dict[str, str]:
    return {field: side.get(field) or "" for field in FIELDS}


def _in_latin(engine: Engine) -> set[int]:
    """The subjects, by their place in the list, with a name that can be written in Latin letters."""
    found = engine.connection.sql("SELECT DISTINCT number FROM subjects WHERE in_latin").fetchall()
    return {number for (number,) in found}


def close_pairs(engine: Engine, *, most: int) -> dict[int, list[Pair]]:
    """For each subject of the list just washed, by its place, the `most` persons a reviewer should see.

    The likeliest first; who holds the subject's identifier is always among them.
    """
    rows = engine.connection.execute(
        "SELECT number, person_id, probability, weight, row_l, row_r FROM ("
        "  SELECT s.*, p.person_id, row_number() OVER (PARTITION BY s.number ORDER BY identified DESC, place) AS turn"
        "  FROM scored s JOIN register.people p ON p.number = s.person"
        "  WHERE s.probability >= $lowest OR s.identified"
        ") WHERE turn <= $most ORDER BY number, place",
        {"lowest": POSSIBLE_FROM, "most": most},
    ).fetchall()
    steps = explain_all(engine, [(row_l, row_r) for *_, row_l, row_r in rows])
    found: dict[int, list[Pair]] = {}
    for number, person_id, probability, weight, row_l, row_r in rows:
        pair = Pair(person_id, probability, weight, steps[row_l, row_r])
        found.setdefault(number, []).append(pair)
    return found


def write_results(path: Path, washed: Iterable[Washed]) -> None:
    """The results as CSV; no cell starts a formula."""
    _write(
        path,
        RESULT_COLUMNS,
        (
            (each.force_row_ref, each.graded.grade, each.graded.person_id, f"{each.graded.probability:.6f}",
             each.pot.name, f"{each.graded.reason} {each.differs}".strip())
            for each in washed
        ),
    )  # fmt: skip


def write_pairs(path: Path, engine: Engine, subjects: list[Mapping[str, str]]) -> None:
    """Every scored pair as CSV, the likeliest person of each subject first."""
    found = engine.connection.sql(
        "SELECT s.number, p.person_id, s.probability FROM scored s JOIN register.people p ON p.number = s.person"
        " ORDER BY s.number, s.place"
    )
    rows = iter(found.fetchall())
    _write(path, PAIR_COLUMNS, ((subjects[number]["force_row_ref"], person, f"{probability:.6f}")
                                for number, person, probability in rows))  # fmt: skip


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(head)
        writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
