"""The benchmark's own databases on the embedded server: made, filled, and removed again."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings
from psycopg2 import sql

from casework.management.benchmark.loading import load
from nexus.bootstrap import CHECKOUT
from nexus.embedded import Trouble, postgres
from nexus.progress import step

MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]


def sockets() -> Path:
    """The folder of the embedded server's socket. Trouble where the service has a server of its own."""
    host = settings.DATABASES["default"]["HOST"]
    if not host.startswith("/"):
        raise Trouble(
            "The benchmark loads a million rows, and only into the embedded PostgreSQL.",
            "Unset DATABASE_URL.",
        )
    return Path(host)


def name_of(referrals: int, undecided: int) -> str:
    return f"nexus_bench_{referrals}_{undecided}"


def exists(name: str) -> bool:
    with closing(postgres.connect(sockets())) as server, server.cursor() as ask:
        ask.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return ask.fetchone() is not None


def make(name: str, *, referrals: int, undecided: int, force: str = "") -> None:
    """A migrated database of this name with so many referrals, of one force where it is named; it has its name only when
    it is complete."""
    unfinished = f"{name}_unfinished"
    drop(unfinished)
    execute("CREATE DATABASE {} OWNER {}", unfinished, postgres.OWNER)
    with step("Tables made"):
        for command in (["migrate", "--verbosity=0", "--skip-checks"], ["reference"]):
            subprocess.run(
                [*MANAGE, *command], env=environment(unfinished), check=True, stdout=subprocess.DEVNULL
            )
    with closing(postgres.connect(sockets(), database=unfinished)) as server, server.cursor() as ask:
        load(ask, referrals=referrals, undecided=undecided, force=force)
        with step("Vacuumed and analysed"):
            ask.execute("VACUUM ANALYZE")
    execute("ALTER DATABASE {} RENAME TO {}", unfinished, name)


def drop(name: str) -> None:
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def execute(statement: str, *names: str) -> None:
    """One statement of the server's own, about databases and roles of these names."""
    with closing(postgres.connect(sockets())) as server, server.cursor() as ask:
        ask.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def environment(name: str) -> dict[str, str]:
    """For a process that works in this database."""
    return os.environ | {
        "NEXUS_LOG_LEVEL": "WARNING",
        "DATABASE_URL": postgres.url(sockets(), postgres.RUNTIME, name),
        "DATABASE_OWNER_URL": postgres.url(sockets(), postgres.OWNER, name),
    }
