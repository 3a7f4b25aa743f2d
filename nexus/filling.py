"""What a database holds at the start: nothing, the demonstration, or reference data and an administrator.

The database itself remembers it, in its comment, so that the note cannot be separated from the data.
"""

import os
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import environ
import psycopg2
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nexus import row_security
from nexus.embedded import Trouble, recreate_database
from nexus.progress import say, step

DEMONSTRATION, EMPTY = "demonstration", "empty"
LOADING = "loading"  # written before, replaced after: found at a start, it means "interrupted"
NOTE = "nexus: "


def fill(checkout: Path, *, empty: bool, embedded: bool, address: str) -> str:
    """Migrate, load what is to be there the first time, and return DEMONSTRATION or EMPTY.

    Of a demonstration only the people are there then, and the note stays LOADING: `up` serves at once, has the
    stories told meanwhile and calls `complete`. Raises Trouble when the data belongs to another version, or is of the other kind.
    """
    if note() == LOADING:
        start_over(checkout, embedded)
    migrate(checkout)
    holds = note() or (DEMONSTRATION if anybody() else "")
    if holds == DEMONSTRATION and empty:
        raise Trouble(
            "This data folder already holds the demonstration.",
            "To put it aside and start empty: python3 manage.py up --reset --empty",
        )
    if not holds:
        holds = EMPTY if empty else DEMONSTRATION
        write_note(LOADING)
        load(checkout, holds, address)
    if note() != holds and not to_be_told(holds):
        write_note(holds)
    return holds


def to_be_told(holds: str) -> bool:
    """Whether the demonstration's stories are still missing."""
    return holds == DEMONSTRATION and note() == LOADING and "demonstration" in get_commands()


def complete() -> None:
    """The stories are told: from here on a start finds everything there."""
    write_note(DEMONSTRATION)


def start_over(checkout: Path, embedded: bool) -> None:
    """Make an interrupted first load undone; what was tried meanwhile in a demonstration goes with it."""
    if not embedded:
        raise Trouble(
            "The first loading of this database was interrupted, so it is incomplete.",
            "Make the database again, empty (DROP DATABASE, CREATE DATABASE), then run the command again.",
        )
    connection.close()
    with step("Clearing what an interrupted first start left"):
        recreate_database(checkout)


def migrate(checkout: Path) -> None:
    """Bring the tables up to date, as their owner; Trouble when the data is newer than the code."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = executor.loader.migrated_apps
    unknown = [key for key in executor.loader.applied_migrations if key[0] in ours and key not in known]
    replaced = {old for m in executor.loader.disk_migrations.values() for old in m.replaces}
    unknown = sorted(key for key in unknown if key not in replaced)
    if unknown:
        raise Trouble(
            f"The data was made by another version of Nexus (it knows {'.'.join(unknown[0])}, this one does not).",
            "Nothing was changed. Go back to that version, or put the data aside with: "
            "python3 manage.py up --reset",
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not is_secured():
        connection.close()
        with step("Preparing the database"):
            run(checkout, "migrate", "--verbosity=0", "--skip-checks")


def is_secured() -> bool:
    """Whether PostgreSQL shows each scope the rows that the models of today say, where two roles keep them apart."""
    runtime, owner = connection.settings_dict["USER"], owner_settings()["USER"]
    if runtime == owner:
        return True
    with connection.cursor() as ask:
        return not row_security.outdated(ask, runtime=runtime, owner=owner)


def load(checkout: Path, holds: str, address: str) -> None:
    """Reference data, then the demonstration's people or one administrator."""
    commands = get_commands()
    if "reference" in commands:
        with step("Loading forces and other reference data"):
            call_command("reference", stdout=StringIO())
    if holds == DEMONSTRATION and "demonstration" in commands:
        tell_stories()
        with step("Making the people of the demonstration"):
            run(checkout, "demonstration", "--people")
    if holds == EMPTY:
        output = StringIO()
        first = ("First Administrator", "administrator@example.org")
        call_command("administrator", *first, address=address, stdout=output)
        say(f"\n{output.getvalue()}")


def run(checkout: Path, *command: str) -> None:
    """Run one manage.py command in a process of its own; Trouble with what it printed when it fails."""
    done = subprocess.run(
        [sys.executable, str(checkout / "manage.py"), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode < 0 or done.returncode in {130, 143}:
        raise KeyboardInterrupt
    if done.returncode:
        say(done.stdout)
        raise Trouble(
            f"manage.py {command[0]} failed; its own words are above.", "Put that right and start again."
        )


def anybody() -> bool:
    """Whether any account exists."""
    with connection.cursor() as ask:
        ask.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
        return bool(ask.fetchone()[0])


def note() -> str:
    """The database's own note of what it holds, or ""."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        text = ask.fetchone()[0] or ""
    return text.removeprefix(NOTE) if text.startswith(NOTE) else ""


def write_note(holds: str) -> None:
    """Let the database remember what it holds; its owner does this."""
    with closing(owner_connection()) as owner, owner, owner.cursor() as ask:
        name = psycopg2.extensions.quote_ident(owner.info.dbname, ask)
        ask.execute(f"COMMENT ON DATABASE {name} IS %s", [NOTE + holds])


def tell_stories() -> None:
    """Let audit entries of this database keep the time of the story they belong to; its owner does this."""
    with closing(owner_connection()) as owner, owner, owner.cursor() as ask:
        ask.execute("INSERT INTO audit_storytime DEFAULT VALUES")


def owner_settings() -> dict[str, Any]:
    """Of DATABASE_OWNER_URL; where one role does everything, of DATABASE_URL."""
    found: dict[str, Any] = environ.Env().db("DATABASE_OWNER_URL", default=os.environ["DATABASE_URL"])
    return found


def owner_connection() -> Any:
    """A connection as the owner of the tables."""
    found = owner_settings()
    return psycopg2.connect(
        host=found["HOST"] or None,
        port=found["PORT"] or None,
        user=found["USER"] or None,
        password=found["PASSWORD"] or None,
        dbname=found["NAME"],
    )
