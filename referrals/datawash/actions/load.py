"""Loading the register: a file's persons come in, changed ones are changed, and nobody is deleted."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from django.db import connection, transaction
from duckdb import DuckDBPyConnection

from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.normalise import DATE_FORMATS
from referrals.datawash.linkage.pots import POT_OF_STATUS
from referrals.datawash.models import Person

COLUMNS = snapshot.REGISTER
NAMED = 3  # persons a sentence names at most


@dataclass(frozen=True)
class Loaded:
    """How many persons were new, changed, as before or gone; the columns the file lacks; what else to say."""

    new: int
    changed: int
    unchanged: int
    gone: int
    absent: list[str]
    remarks: list[str]


def load(*, file: Path, now: datetime, full: bool = False) -> Loaded:
    """Bring the persons of a CSV or Parquet file into the register.

    Only what really differs is written. A column the file lacks stays as it is. With `full` the file is the
    whole register: persons it does not name are marked as gone. Raises Refused with what is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="nexus-register-") as folder, connected() as engine:
        rows = Path(folder) / "persons.csv"
        absent = _read(engine, file)
        refuse_if(_faults(engine))
        remarks = _remarks(engine)
        _write_clean(engine, rows)
        given = [name for name in COLUMNS if name not in absent]
        new, changed, unchanged, gone = _store(rows, given, now, full)
    return Loaded(new, changed, unchanged, gone, absent, remarks)


def _read(engine: DuckDBPyConnection, file: Path) -> list[str]:
    if not file.is_file():
        raise Refused([f"There is no file {file}."])
    try:
        return snapshot.read(engine, file, "arrived")
    except snapshot.NotARegister as wrong:
        raise Refused([str(wrong)]) from wrong
    except duckdb.Error as wrong:
        raise Refused([f"{file.name} cannot be read as a register: {str(wrong).splitlines()[0]}"]) from wrong


def _faults(engine: DuckDBPyConnection) -> list[str]:
    """Why the file as a whole cannot be loaded."""
    (rows,) = engine.execute("SELECT count(*) FROM arrived").fetchall()[0]
    if not rows:
        return ["The file names no person."]
    twice = "person_id IN (SELECT person_id FROM arrived GROUP BY person_id HAVING count(*) > 1)"
    faults = [_about(engine, twice, "In the file twice")]
    for name in COLUMNS:
        longest = getattr(Person._meta.get_field(name), "max_length", None)
        if longest and name != "dob":
            faults.append(
                _about(engine, f"length({name}) > {longest}", f"A {name} of more than {longest} characters")
            )
    return [fault for fault in faults if fault]


_DATE = f"CASE WHEN dob ~ '^[0-9]{{4}}$' THEN dob ELSE strftime(try_strptime(dob, {DATE_FORMATS}), '%Y-%m-%d') END"


def _remarks(engine: DuckDBPyConnection) -> list[str]:
    """What is left out or means less than it might, without stopping the load."""
    known = ", ".join(f"'{status}'" for status in POT_OF_STATUS)
    remarks = [
        _about(engine, "surname IS NULL", "No surname"),
        _about(engine, f"dob IS NOT NULL AND ({_DATE}) IS NULL", "A date of birth that cannot be read, left out"),
        _about(engine, f"lower(immigration_status) NOT IN ({known})",
               "An immigration status that no pot knows, taken as undetermined"),
    ]  # fmt: skip
    return [remark for remark in remarks if remark]


def _about(engine: DuckDBPyConnection, condition: str, what: str) -> str:
    """A sentence with how many persons meet the condition and the first of them; nothing for nobody."""
    number, first = engine.execute(
        f"SELECT count(DISTINCT person_id), list_sort(list_distinct(list(person_id)))[:{NAMED}]"
        f" FROM arrived WHERE {condition}"
    ).fetchall()[0]
    some = ", ".join(first or []) + (" and others" if number > NAMED else "")
    return f"{what}: {number:,} ({some})." if number else ""


def _write_clean(engine: DuckDBPyConnection, rows: Path) -> None:
    """The persons as they will stand in the table: no control characters, dates in one form."""
    clean = {name: f"trim(regexp_replace({name}, '[[:cntrl:]]+', ' ', 'g'))" for name in COLUMNS}
    clean |= {"dob": _DATE, "immigration_status": "lower(immigration_status)"}
    columns = ", ".join(f"coalesce({sql}, '') AS {name}" for name, sql in clean.items())
    engine.execute(f"COPY (SELECT {columns} FROM arrived) TO '{rows}' (FORMAT csv, HEADER, FORCE_QUOTE *)")


@transaction.atomic
def _store(rows: Path, given: list[str], now: datetime, full: bool) -> tuple[int, int, int, int]:
    with connection.cursor() as ask:
        columns = ", ".join(COLUMNS)
        ask.execute(
            f"CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT {columns} FROM datawash_person LIMIT 0"
        )
        with rows.open("rb") as opened:
            ask.copy_expert(f"COPY arriving ({columns}) FROM STDIN (FORMAT csv, HEADER)", opened)
        arrived = ask.rowcount
        ask.execute(_upsert(given), {"now": now})
        new, changed = ask.fetchone()
        gone = 0
        if full:
            ask.execute(_MARK_GONE, {"now": now})
            gone = ask.rowcount
        ask.execute("DROP TABLE arriving")
    unchanged = arrived - new - changed
    numbers = {"new": new, "changed": changed, "unchanged": unchanged, "gone": gone}
    record(kind="register.loaded", by=None, now=now, detail=numbers)
    return new, changed, unchanged, gone


def _upsert(given: list[str]) -> str:
    """SQL: bring in `arriving`; a row that says nothing new is not touched."""
    columns = ", ".join(COLUMNS)
    changing = [name for name in given if name != "person_id"]
    news = " OR ".join(f"person.{name} <> excluded.{name}" for name in changing)
    changes = ", ".join(f"{name} = excluded.{name}" for name in changing)
    return f"""
        WITH written AS (
            INSERT INTO datawash_person AS person ({columns}, changed_at)
            SELECT {columns}, %(now)s FROM arriving
            ON CONFLICT (person_id) DO UPDATE SET {changes}, changed_at = %(now)s, gone_at = NULL
            WHERE {news} OR person.gone_at IS NOT NULL
            RETURNING xmax = 0 AS is_new
        ) SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
    """


_MARK_GONE = """
    UPDATE datawash_person SET gone_at = %(now)s, changed_at = %(now)s
    WHERE gone_at IS NULL AND NOT EXISTS (SELECT FROM arriving WHERE arriving.person_id = datawash_person.person_id)
"""
