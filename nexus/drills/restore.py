"""Backup, disaster and restore of a database of the drill's own, in the shape docker-compose.yml gives the real one.

A base backup, and every piece of the write-ahead log copied away at the latest after `archive_seconds`. Then the server is
killed and its folder removed in the middle of somebody's work, and what was copied away is all there is: it is restored in
another place, and compared with what had been acknowledged.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nexus.bootstrap import CHECKOUT
from nexus.drills.writing import KIND
from nexus.embedded import Trouble, postgres
from nexus.embedded.place import Place, prepare
from nexus.embedded.process import run_as
from nexus.embedded.servers import MAIN

MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
NUMBERS = f"SELECT (detail->>'number')::int FROM audit_auditevent WHERE kind = '{KIND}' ORDER BY 1"  # noqa: S608
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
# These grow with what is written during the drill.
WRITTEN = ("audit_auditevent", "audit_seal", "audit_chainhead")


@dataclass(frozen=True)
class Restored:
    """What came of it. Times in seconds; `megabytes` is the size of the restored database."""

    acknowledged: int
    found: int
    lost_seconds: float
    back_seconds: float
    megabytes: float
    whole: bool  # no gap among what was found, and every other table as it was
    verified: bool  # the record's seals hold

    def holds(self, *, lost_at_most: float, back_within: float) -> bool:
        kept = self.lost_seconds <= lost_at_most and self.back_seconds <= back_within
        return kept and self.whole and self.verified and self.found > 0

    @property
    def words(self) -> str:
        return (
            f"{self.lost_seconds:.1f} s lost ({self.found} of {self.acknowledged} acknowledged writes found), "
            f"back after {self.back_seconds:.1f} s, {self.megabytes:.0f} MB, "
            f"{'counts as they were' if self.whole else 'COUNTS DIFFER'}, "
            f"record {'verified' if self.verified else 'NOT VERIFIED'}"
        )


@dataclass(frozen=True)
class Kept:
    """What the disaster left: the copies in `folder`, and what is known of what was there."""

    folder: Path
    acknowledged: list[tuple[int, float]]
    counts: dict[str, int]

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def backup(self) -> Path:
        return self.folder / "backup"


def disaster(folder: Path, *, archive_seconds: int, writing_seconds: float) -> Kept:
    """A database with its backup and archive below `folder`, somebody at work in it, and its sudden end."""
    with place(folder / "source") as source:
        kept = Kept(folder, [], {})
        for each in (kept.archive, kept.backup):
            private(each, source)
        postgres.start(source, durable=True, more=archiving(kept.archive, archive_seconds))
        manage(source, "migrate", "--verbosity=0", "--skip-checks")
        manage(source, "reference")
        copy_away(source, kept.backup)
        counted = counts(source)
        return Kept(folder, work_until_disaster(source, writing_seconds), counted)


def restored(kept: Kept, *, archived: bool = True) -> Restored:
    """The database in another place; without `archived` from the base backup alone, as if no log had been kept."""
    began = time.monotonic()
    with place(kept.folder / f"restored-{archived}") as elsewhere:
        data = elsewhere.store / "postgres"
        shutil.copytree(kept.backup, data)
        (data / "recovery.signal").touch()
        owned(data, elsewhere)
        postgres.start(elsewhere, durable=True, more=recovering(kept.archive, archived=archived))
        return compared(elsewhere, kept, time.monotonic() - began)


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """Where one of the two servers lives; stopped and cleared away afterwards."""
    made = prepare(folder, MAIN)
    try:
        yield made
    finally:
        postgres.stop(made)
        for each in (made.store, made.sockets):
            shutil.rmtree(each, ignore_errors=True)


def private(folder: Path, of: Place) -> None:
    folder.mkdir(mode=0o700)
    owned(folder, of)


def owned(path: Path, of: Place) -> None:
    """Give it, and what is in it, to the account the servers run as."""
    if of.account is not None:
        for each in (path, *path.rglob("*")):
            os.chown(each, of.account.pw_uid, of.account.pw_gid)
    if path.is_dir():
        path.chmod(0o700)


def archiving(archive: Path, seconds: int) -> dict[str, str]:
    """As docker-compose.yml has it: whole or not at all, and at the latest after so many seconds."""
    copied = f"{archive}/%f"
    command = f"test ! -f {copied} && cp %p {copied}.part && mv {copied}.part {copied}"
    return {"archive_mode": "on", "archive_command": command, "archive_timeout": str(seconds)}


def recovering(archive: Path, *, archived: bool) -> dict[str, str]:
    """Nobody is let in until everything that was kept has been read again."""
    command = f"cp {archive}/%f %p" if archived else "false"
    return {"restore_command": command, "hot_standby": "off"}


def manage(of: Place, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py on the drill's own database; Trouble with its words when it fails."""
    done = subprocess.run(
        [*MANAGE, *command], env=environment(of), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"manage.py {command[0]} failed in the drill.", (done.stdout + done.stderr)[-2000:])
    return done


def environment(of: Place) -> dict[str, str]:
    """The drill's database, as the runtime role; no queue is there, and none is needed."""
    return os.environ | {
        "DATABASE_URL": postgres.url(of.sockets, postgres.RUNTIME),
        "DATABASE_OWNER_URL": postgres.url(of.sockets, postgres.OWNER),
        "REDIS_URL": f"unix://{of.sockets}/none.sock?db=0",
        "NEXUS_DATA_DIR": str(of.home / "files"),
        "SECRET_KEY": secrets.token_urlsafe(50),
    }


def copy_away(of: Place, backup: Path) -> None:
    """A base backup, and its own check of every file."""
    programs = postgres.programs_for(of)
    taking = [
        "pg_basebackup",
        "-h",
        str(of.sockets),
        "-U",
        postgres.SUPERUSER,
        "-D",
        str(backup),
        "-c",
        "fast",
    ]
    for command in (taking, ["pg_verifybackup", str(backup)]):
        done = run_as([str(programs / command[0]), *command[1:]], account=of.account)
        if done.returncode:
            raise Trouble(f"{command[0]} failed in the drill.", done.stderr[-2000:])


def work_until_disaster(of: Place, seconds: float) -> list[tuple[int, float]]:
    """Number and time of each acknowledged write, until the server is killed and its folder is gone."""
    with subprocess.Popen(
        [*MANAGE, "drill", "write"],
        env=environment(of),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as writer:
        lines = iter(writer.stdout or ())
        acknowledged = [written(next(lines, ""))]  # at work from here on
        pid = postgres.pid_of(of.store / "postgres")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            acknowledged.append(written(next(lines, "")))
        os.kill(pid, signal.SIGKILL)
        acknowledged += [written(line) for line in lines]
    with suppress(Trouble):
        postgres.stop(of)
    shutil.rmtree(of.store / "postgres", ignore_errors=True)
    return acknowledged


def written(line: str) -> tuple[int, float]:
    if not line:
        raise Trouble("The drill's writer stopped by itself.", "Run the drill again.")
    number, at = line.split()
    return int(number), float(at)


def counts(of: Place) -> dict[str, int]:
    """Rows of every table that the drill does not write."""
    with closing(postgres.connect(of.sockets, database=postgres.DATABASE)) as link, link.cursor() as ask:
        ask.execute(TABLES)
        names = [name for (name,) in ask.fetchall() if name not in WRITTEN]
        found = {}
        for name in names:
            ask.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608  (a name of the catalogue)
            found[name] = ask.fetchone()[0]
        return found


def compared(of: Place, kept: Kept, back: float) -> Restored:
    """What is there again, beside what had been acknowledged."""
    with closing(postgres.connect(of.sockets, database=postgres.DATABASE)) as link, link.cursor() as ask:
        ask.execute(NUMBERS)
        numbers = [number for (number,) in ask.fetchall()]
        ask.execute("SELECT pg_database_size(current_database()) / 1e6")
        megabytes = float(ask.fetchone()[0])
    last, (newest, ended) = len(numbers), kept.acknowledged[-1]
    kept_until = dict(kept.acknowledged).get(last, kept.acknowledged[0][1])
    return Restored(
        acknowledged=newest,
        found=min(last, newest),
        lost_seconds=0.0 if last >= newest else ended - kept_until,
        back_seconds=back,
        megabytes=megabytes,
        whole=numbers == list(range(1, last + 1)) and counts(of) == kept.counts,
        verified=is_verified(of),
    )


def is_verified(of: Place) -> bool:
    """Whether the seals of the record hold, as the runtime role reads it."""
    try:
        manage(of, "verify_audit")
    except Trouble:
        return False
    return True
