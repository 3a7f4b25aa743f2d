"""The immigration register as a columnar file: normalised once, frequencies from the register alone.

A wash attaches the file read-only, so it never reads the register again. `refresh` normalises only the
persons that changed; how common a value is comes from the register and never from a list, or the same
subject would score differently in another list.
"""

from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.normalise import COLUMNS, KEYS, normalise

FREQUENT = (
    "name",
    "sound",
    "pair",
    "pair_sound",
    "surname_sound",
    "dob",
)  # columns with a frequency beside them
# A small register says little of how common a name is: as if so many more were known, each with another one.
NOT_SEEN = 1_000
REGISTER = ("person_id", *COLUMNS, "immigration_status")
SHOWN = ("surname", "forenames", "aliases", "dob", "sex", "nationality", "immigration_status")


class NotARegister(Exception):
    """The file cannot serve as a register; the sentence says why."""


def build(
    target: Path, register: Path, *, this_year: int, as_at: datetime | None = None, threads: int = 1
) -> list[str]:
    """Make the snapshot `target` from a register in CSV or Parquet; the names of the absent columns come back.

    `as_at` is when the register was read: now, unless somebody else read it before.
    """
    target.unlink(missing_ok=True)
    with connected(str(target), threads=threads) as connection:
        absent = read(connection, register, "incoming")
        _number(connection, 0)
        normalise(connection, "incoming", "fresh", this_year=this_year)
        _persist(connection, "CREATE OR REPLACE TABLE people AS SELECT {columns} FROM incoming")
        connection.execute("CREATE OR REPLACE TABLE names AS SELECT * FROM fresh")
        _finish(connection, as_at or datetime.now(tz=UTC))
    return absent


def refresh(
    target: Path,
    changed: Path,
    *,
    this_year: int,
    gone: tuple[str, ...] = (),
    as_at: datetime | None = None,
    threads: int = 1,
) -> list[str]:
    """Bring new and changed persons into the snapshot and take out those that have `gone`."""
    with connected(str(target), threads=threads) as connection:
        absent = read(connection, changed, "incoming")
        first = connection.execute("SELECT coalesce(max(number), -1) + 1 FROM people").fetchall()[0][0]
        _number(connection, first)
        normalise(connection, "incoming", "fresh", this_year=this_year)
        connection.execute(
            "CREATE TEMP TABLE leaving AS SELECT number FROM people WHERE person_id IN"
            " (SELECT person_id FROM incoming) OR list_contains($gone, person_id)",
            {"gone": list(gone)},
        )
        for table in ("names", "people"):
            connection.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM leaving)")
        _persist(connection, "INSERT INTO people SELECT {columns} FROM incoming")
        connection.execute("INSERT INTO names SELECT * FROM fresh")
        _finish(connection, as_at or datetime.now(tz=UTC))
    return absent


def attach(connection: DuckDBPyConnection, snapshot: Path) -> None:
    """Show the snapshot to `connection` as `register.persons` and `register.people`, read-only."""
    connection.execute(f"ATTACH '{str(snapshot).replace(chr(39), chr(39) * 2)}' AS register (READ_ONLY)")


def as_at(connection: DuckDBPyConnection) -> datetime:
    """When the attached snapshot was last made or refreshed."""
    made: datetime = connection.execute("SELECT max(made_at) FROM register.made").fetchall()[0][0]
    return made.replace(tzinfo=UTC)


def read(connection: DuckDBPyConnection, register: Path, table: str) -> list[str]:
    """Make `table` from a register in CSV or Parquet, texts trimmed; the names of the absent columns come back.

    Raises NotARegister, or duckdb.Error when it is no such file.
    """
    path = str(register).replace("'", "''")
    reader = (
        f"read_parquet('{path}')" if register.suffix == ".parquet"
        else f"read_csv('{path}', header=true, all_varchar=true, null_padding=true, parallel=false, sample_size=1000)"
    )  # fmt: skip
    given = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()}
    for needed in ("person_id", "surname"):
        if needed not in given:
            raise NotARegister(f"The register {register.name} has no column {needed}.")
    columns = ", ".join(
        f'nullif(trim(CAST("{name}" AS VARCHAR)), \'\') AS {name}' if name in given
        else f"CAST(NULL AS VARCHAR) AS {name}"
        for name in REGISTER
    )  # fmt: skip
    connection.execute(f"CREATE OR REPLACE TEMP TABLE given AS SELECT {columns} FROM {reader}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM given WHERE person_id IS NOT NULL"
    )
    connection.execute("DROP TABLE given")
    return [name for name in REGISTER if name not in given]


def _number(connection: DuckDBPyConnection, first: int) -> None:
    connection.execute("CREATE OR REPLACE TEMP SEQUENCE numbers START " + str(first) + " MINVALUE 0")
    connection.execute("ALTER TABLE incoming ADD COLUMN number BIGINT")
    connection.execute("UPDATE incoming SET number = nextval('numbers')")


def _persist(connection: DuckDBPyConnection, sql: str) -> None:
    columns = f"number, person_id, {', '.join(SHOWN)}, postcode, pnc_id"
    connection.execute(sql.format(columns=columns))


def _finish(connection: DuckDBPyConnection, as_at: datetime) -> None:
    """Frequencies, then the table that washes read: one row a name with its keys and frequencies."""
    for column in FREQUENT:
        connection.execute(
            f"CREATE OR REPLACE TABLE tf_{column} AS"
            f" SELECT {column}, count(*) / ({NOT_SEEN} + sum(count(*)) OVER ()) AS tf_{column}"
            f" FROM names WHERE {column} IS NOT NULL AND NOT again GROUP BY {column}"
        )
    connection.execute(f"CREATE OR REPLACE TABLE persons AS {with_frequencies('names', '')}")
    connection.execute(
        "CREATE OR REPLACE TABLE made AS SELECT CAST($at AS TIMESTAMP) AS made_at",
        {"at": as_at.astimezone(UTC).replace(tzinfo=None)},
    )
    for used in ("incoming", "fresh"):
        connection.execute(f"DROP TABLE IF EXISTS {used}")
    connection.execute("CHECKPOINT")


def with_frequencies(table: str, schema: str = "register.") -> str:
    """SQL: the rows of a normalised table with the register's frequencies and a row number of their own."""
    joins = " ".join(f"LEFT JOIN {schema}tf_{column} USING ({column})" for column in FREQUENT)
    rarest = ", ".join(f"coalesce(tf_{column}, 1e-7) AS tf_{column}" for column in FREQUENT)
    return (
        f"SELECT {table}.* EXCLUDE ({', '.join(KEYS)}), {', '.join(KEYS)}, {rarest},"
        f" CAST(row_number() OVER () AS INTEGER) AS row FROM {table} {joins}"
    )
