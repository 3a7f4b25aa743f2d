"""Rows of a list beside the person of the register they stand for, washed together among invented people."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.generator import REGISTER_COLUMNS, generate_register
from referrals.datawash.linkage.linking import Engine
from referrals.datawash.linkage.washing import Washed, wash

YEAR, CROWD = 2026, 2000


@dataclass(frozen=True)
class Row:
    """A name as the list writes it and as the register does: "surname, forenames", with the same date."""

    listed: str
    register: str
    dob: str
    sex: str = "M"
    more: dict[str, str] = field(default_factory=dict)  # further columns of the list
    known: dict[str, str] = field(default_factory=dict)  # and of the register

    @property
    def name(self) -> str:
        return f"{self.listed} is {self.register}"


def _fields(name: str, dob: str, sex: str) -> dict[str, str]:
    surname, _, forenames = name.partition(", ")
    return {"surname": surname, "forenames": forenames, "dob": dob, "sex": sex}


def washed(rows: Sequence[Row], folder: Path, *, crowd: int = CROWD) -> dict[str, Washed]:
    """The answer to each row, by its name. Person "1" is the first row's, among `crowd` invented people."""
    with duckdb.connect() as connection, (folder / "register.csv").open("w", newline="") as opened:
        generate_register(connection, "people", crowd, seed=23)
        columns = ", ".join(REGISTER_COLUMNS)
        writer = csv.DictWriter(opened, REGISTER_COLUMNS)
        writer.writeheader()
        for at, row in enumerate(rows, start=1):
            person = _fields(row.register, row.dob, row.sex) | row.known
            writer.writerow({"person_id": str(at), "immigration_status": "overstayer"} | person)
        csv.writer(opened).writerows(connection.sql(f"SELECT {columns} FROM people").fetchall())
    snapshot.build(folder / "register.duckdb", folder / "register.csv", this_year=YEAR)
    listed = [{"force_row_ref": row.name} | _fields(row.listed, row.dob, row.sex) | row.more for row in rows]
    with connected() as connection:
        snapshot.attach(connection, folder / "register.duckdb")
        found = list(wash(Engine(connection, this_year=YEAR), listed))
    return {row.name: answer for row, answer in zip(rows, found, strict=True)}
