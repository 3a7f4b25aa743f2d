"""The register as the engine reads it: a columnar snapshot of `Person`, brought up to date before each wash.

A version is two files, `7.duckdb` and `7.json` with what it has seen; the highest complete one is current.
A new version is a changed copy, so whoever reads the old one is not disturbed.
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from nexus.embedded.sharing import alone
from referrals.datawash.linkage import names, normalise, snapshot, writing
from referrals.datawash.linkage.engine import connected

KEPT = timedelta(hours=1)  # a replaced version stays this long: far longer than any task may run


@dataclass(frozen=True)
class Seen:
    """What of the table a version holds.

    `visible` is PostgreSQL's own record of which transactions had ended. A row whose transaction is not
    among them is read again, so a row that was written early and committed late is never missed. `own` is
    the reader's transaction, which goes on writing. `persons` finds rows that were taken away by other means,
    `forms` a change of the code that brings names and dates into one form.
    """

    visible: str
    own: int
    persons: int
    forms: str
    made_at: str


def current_snapshot(*, now: datetime) -> Path:
    """The snapshot file, brought up to date when the table has changed; otherwise two indexed counts.

    Of two processes at once one makes it and the other waits for it.
    """
    folder = _folder()
    with alone(folder / "lock"):
        latest = _latest(folder)
        if not latest or not _is_current(_seen_by(latest)):
            latest = _next_version(folder, latest, now)
        _remove_replaced(folder, now)
        return latest


def _folder() -> Path:
    """One for each database, so that a copy of the data folder never serves another database."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        server, database = ask.fetchone()
    folder = settings.NEXUS_DATA_DIR / "register" / f"{server}-{database}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _versions(folder: Path) -> list[Path]:
    """The complete ones, oldest first."""
    return [
        folder / f"{number}.duckdb" for number in sorted(int(each.stem) for each in folder.glob("*.json"))
    ]


def _latest(folder: Path) -> Path | None:
    return next(reversed(_versions(folder)), None)


def _seen_by(version: Path) -> Seen:
    return Seen(**json.loads(version.with_suffix(".json").read_text()))


# Rows that a version has not seen. The first condition is the index's, the second is exact.
_UNSEEN = """
    changed_in >= pg_snapshot_xmin(%(visible)s::pg_snapshot)::text::bigint
    AND (changed_in = %(own)s OR NOT pg_visible_in_snapshot(changed_in::text::xid8, %(visible)s::pg_snapshot))
"""


@cache
def _forms() -> str:
    code = b"".join(Path(str(each.__file__)).read_bytes() for each in (writing, names, normalise, snapshot))
    return hashlib.sha256(code).hexdigest()[:16]


def _is_current(seen: Seen) -> bool:
    if seen.forms != _forms():
        return False
    with connection.cursor() as ask:
        ask.execute(
            f"SELECT (SELECT count(*) FROM datawash_person WHERE gone_at IS NULL) = %(persons)s"
            f" AND NOT EXISTS (SELECT FROM datawash_person WHERE {_UNSEEN})",
            asdict(seen),
        )
        return bool(ask.fetchone()[0])


def _next_version(folder: Path, latest: Path | None, now: datetime) -> Path:
    """Make a version beside the latest and give it its name when it is complete."""
    target = folder / f"{int(latest.stem) + 1 if latest else 1}.duckdb"
    with tempfile.TemporaryDirectory(prefix="making-", dir=folder) as making:
        made = Path(making) / target.name
        seen = _seeing(now)
        if latest is None or not _refreshed(made, latest, seen, now):
            _build(made, now)
        made.replace(target)
        noted = Path(making) / "seen.json"
        noted.write_text(json.dumps(asdict(seen)))
        noted.replace(target.with_suffix(".json"))
    return target


def _seeing(now: datetime) -> Seen:
    """What a reading that begins after this sees at least."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT pg_current_snapshot()::text, coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0),"
            " (SELECT count(*) FROM datawash_person WHERE gone_at IS NULL)"
        )
        visible, own, persons = ask.fetchone()
    return Seen(visible, own, persons, _forms(), now.isoformat())


def _build(made: Path, now: datetime) -> None:
    rows = made.with_name("everybody.csv")
    _copy_out(rows, "gone_at IS NULL")
    snapshot.build(made, rows, this_year=now.year, as_at=now)


def _refreshed(made: Path, latest: Path, seen: Seen, now: datetime) -> bool:
    """Change a copy of the latest version; whether it now holds what the table does."""
    before = asdict(_seen_by(latest))
    if before["forms"] != seen.forms:
        return False
    shutil.copyfile(latest, made)
    rows = made.with_name("changed.csv")
    _copy_out(rows, f"gone_at IS NULL AND {_UNSEEN}", before)
    with connection.cursor() as ask:
        ask.execute(f"SELECT person_id FROM datawash_person WHERE gone_at IS NOT NULL AND {_UNSEEN}", before)
        gone = tuple(person_id for (person_id,) in ask.fetchall())
    snapshot.refresh(made, rows, this_year=now.year, gone=gone, as_at=now)
    with connected(str(made)) as engine:
        return engine.execute("SELECT count(*) FROM people").fetchall() == [(seen.persons,)]


def _copy_out(target: Path, condition: str, values: dict[str, object] | None = None) -> None:
    """The register's columns of the persons that meet the condition, as CSV, in one stream."""
    columns = ", ".join(snapshot.REGISTER)
    with transaction.atomic(), connection.cursor() as ask, target.open("wb") as opened:
        sql = f"COPY (SELECT {columns} FROM datawash_person WHERE {condition}) TO STDOUT (FORMAT csv, HEADER)"
        ask.copy_expert(ask.mogrify(sql, values) if values else sql, opened)


def _remove_replaced(folder: Path, now: datetime) -> None:
    """Take away versions that were replaced long ago, and what a killed process left half made."""
    for unfinished in folder.glob("making-*"):
        shutil.rmtree(unfinished)
    versions = _versions(folder)
    for old, its_successor in pairwise(versions):
        if datetime.fromisoformat(_seen_by(its_successor).made_at) + KEPT < now:
            old.with_suffix(".json").unlink()
            old.unlink()
