"""How likely it is one person, and why: the data-wash's model, with the register's frequencies of names and dates.

The register is searched by the data-wash's own engine, a list of one subject. Referrals stand in for the
register's persons in a second engine, each compared with the subject. Two referrals can both be the person,
so they do not share one certainty as the register's persons do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path

import pyarrow
from duckdb import DuckDBPyConnection

from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.explaining import Step, explain_all
from referrals.datawash.linkage.grading import MOST_CERTAIN, POSSIBLE_FROM
from referrals.datawash.linkage.linking import SUBJECT_COLUMNS, Engine
from referrals.datawash.linkage.normalise import normalise
from referrals.datawash.linkage.snapshot import FREQUENT, with_frequencies
from referrals.datawash.linkage.washing import Pair as RegisterPair
from referrals.datawash.linkage.washing import close_pairs

# Local, not measured: one subject in ten is expected to have been referred before.
EXPECTED_TWICE = 0.1
MOST_PERSONS = 5
MOST_BITS = 60  # beyond this two weights are both certain, and a power of two too large


@dataclass(frozen=True)
class Found:
    """How likely it is one person, and the steps that say why."""

    probability: float
    steps: list[Step]


def persons_like(subject: Mapping[str, str], register: Path, *, this_year: int) -> list[RegisterPair]:
    """The persons of the register close to the subject, the likeliest first."""
    with connected() as connection:
        snapshot.attach(connection, register)
        engine = Engine(connection, this_year=this_year)
        engine.score([subject])
        return close_pairs(engine, most=MOST_PERSONS).get(0, [])


def referrals_like(
    subject: Mapping[str, str],
    others: Mapping[int, Mapping[str, str]],
    register: Path,
    *,
    this_year: int,
    referrals: int,
) -> dict[int, Found]:
    """Which of `others`, by their key, may be the subject. `referrals` is among how many they were found."""
    if not others:
        return {}
    with connected() as connection:
        connection.execute(
            f"ATTACH '{str(register).replace(chr(39), chr(39) * 2)}' AS frequencies (READ_ONLY)"
        )
        _stand_in(connection, others, this_year)
        engine = Engine(connection, this_year=this_year)
        engine.load_subjects([subject])
        rows = connection.sql(
            "SELECT s.row, p.row, p.number FROM subjects s CROSS JOIN register.persons p"
        ).fetchall()
        explained = explain_all(engine, [(row_l, row_r) for row_l, row_r, _ in rows])
    best: dict[int, Found] = {}
    for row_l, row_r, number in rows:
        found = _among(referrals, explained[row_l, row_r])
        if found.probability >= POSSIBLE_FROM and (
            number not in best or found.probability > best[number].probability
        ):
            best[number] = found
    return best


def _stand_in(
    connection: DuckDBPyConnection, others: Mapping[int, Mapping[str, str]], this_year: int
) -> None:
    """Make `register.persons` of the others, numbered by their keys."""
    rows = [{name: other.get(name) or None for name in SUBJECT_COLUMNS} for other in others.values()]
    schema = pyarrow.schema([(name, pyarrow.string()) for name in SUBJECT_COLUMNS])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    connection.register(
        "arrived", table.append_column("number", pyarrow.array(list(others), pyarrow.int64()))
    )
    connection.execute("CREATE TEMP TABLE compared AS SELECT * FROM arrived")
    connection.unregister("arrived")
    normalise(connection, "compared", "compared_names", this_year=this_year)
    connection.execute("CREATE SCHEMA register")
    for column in FREQUENT:
        connection.execute(f"CREATE VIEW register.tf_{column} AS SELECT * FROM frequencies.tf_{column}")
    connection.execute(f"CREATE TABLE register.persons AS {with_frequencies('compared_names', 'register.')}")


def _among(referrals: int, steps: list[Step]) -> Found:
    """The same steps from the starting point of so many referrals."""
    prior = EXPECTED_TWICE / max(referrals, 2)
    start = Step("starting point", "how rare a second referral is", log2(prior / (1 - prior)))
    from_here = [start, *steps[1:]]
    odds = 2 ** min(sum(step.weight for step in from_here), MOST_BITS)
    return Found(min(odds / (1 + odds), MOST_CERTAIN), from_here)
