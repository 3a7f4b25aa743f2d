"""Test databases: one migrated template for each state of the migrations, and a copy for each run.

Copying a template takes a tenth of a second, migrating takes seconds. Tests speak to their copy as
the runtime role, exactly as the web does: a suite run as a superuser would pass every wall.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg2 import sql

from nexus import dated, row_security
from nexus.bootstrap import CHECKOUT
from nexus.embedded import postgres
from nexus.embedded.process import command_line
from nexus.embedded.sharing import alone
from nexus.privileges import FINDS_THE_REAL_TABLES, grants
from nexus.retention import erasing

# What a flush leaves: rows that migrations make and that never change.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission", "audit_storytime")


def sockets() -> Path:
    """The folder of the test server's socket."""
    return Path(settings.DATABASES["default"]["HOST"])


def superuser(database: str = "postgres") -> Any:
    """A superuser's connection, for what no ordinary role may do; use with contextlib.closing."""
    return postgres.connect(sockets(), database=database)


@contextmanager
def copied(name: str) -> Iterator[None]:
    """One more fresh migrated database, of this name; dropped at the end."""
    with alone(sockets_lock()):
        copy(migrated_template(), name)
    try:
        yield
    finally:
        drop(name)


@contextmanager
def own_database(worker: str) -> Iterator[str]:
    """A fresh migrated database for this process and its name; dropped at the end."""
    name = f"nexus_test_{os.getpid()}_{worker}"
    with alone(sockets_lock()):
        drop_abandoned()
        template = migrated_template()
        copy(template, name)
    try:
        yield name
    finally:
        drop(name)


def sockets_lock() -> Path:
    """The lock under which templates are made and copied."""
    return sockets() / "templates.lock"


def migrated_template() -> str:
    """The name of a database that holds today's migrations, made when it does not exist yet."""
    name = f"nexus_template_{fingerprint()}"
    with closing(superuser()) as connection, connection.cursor() as ask:
        ask.execute("SELECT datname FROM pg_database WHERE datname LIKE 'nexus_template_%'")
        existing = {row[0] for row in ask.fetchall()}
        if name in existing:
            return name
        for old in existing:
            drop(old)
        unfinished = f"nexus_unfinished_{os.getpid()}"
        ask.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(unfinished), sql.Identifier(postgres.OWNER)
            )
        )
        try:
            migrate(unfinished)
            tell_stories(unfinished)
            ask.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(name)
                )
            )
        finally:
            drop(unfinished)
    return name


def migrate(database: str) -> None:
    """Run `migrate` as the tables' owner, in a process of its own; its complaint becomes ours."""
    environment = os.environ | {
        "DATABASE_URL": postgres.url(sockets(), postgres.RUNTIME, database),
        "DATABASE_OWNER_URL": postgres.url(sockets(), postgres.OWNER, database),
    }
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), "migrate", "--verbosity=0", "--skip-checks"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"The migrations failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def tell_stories(database: str, *, told: bool = True) -> None:
    """Let audit entries keep the time their test gives them, or (as in the product) take the database's own."""
    with closing(superuser(database)) as connection, connection.cursor() as ask:
        ask.execute("DELETE FROM audit_storytime")
        if told:
            ask.execute("INSERT INTO audit_storytime DEFAULT VALUES")


def wanted_security() -> list[object]:
    """What `migrate` makes of the models' `SEEN_BY`."""
    roles = {"runtime": postgres.RUNTIME, "owner": postgres.OWNER}
    return [*row_security.functions(postgres.RUNTIME), *row_security.security(**roles)]


def fingerprint() -> str:
    """Changes whenever a migration or what follows it changes."""
    after = [
        *erasing.statements(),
        *dated.statements(),
        FINDS_THE_REAL_TABLES,
        *grants(postgres.RUNTIME),
        *wanted_security(),
    ]
    told = hashlib.sha256(repr(after).encode())
    ours = [
        CHECKOUT / "nexus" / "migrating.py",
        CHECKOUT / "nexus" / "management" / "commands" / "migrate.py",
    ]
    for file in [*ours, *sorted(p for app in apps_folders() for p in app.glob("migrations/*.py"))]:
        told.update(str(file).encode() + file.read_bytes())
    return told.hexdigest()[:16]


def apps_folders() -> list[Path]:
    """The folders of our own apps."""
    folders = [CHECKOUT / app.replace(".", "/") for app in settings.INSTALLED_APPS]
    return [folder for folder in folders if folder.is_dir()]


def copy(template: str, name: str) -> None:
    """Make database `name` as a copy of `template`."""
    with closing(superuser()) as connection, connection.cursor() as ask:
        ask.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(postgres.OWNER)
            )
        )


def drop(name: str) -> None:
    """Remove a database and whoever is still connected to it."""
    with closing(superuser()) as connection, connection.cursor() as ask:
        ask.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_abandoned() -> None:
    """Remove the databases of test runs that were killed."""
    with closing(superuser()) as connection, connection.cursor() as ask:
        ask.execute("SELECT datname FROM pg_database WHERE datname ~ '^nexus_(test|unfinished)_[0-9]+'")
        for (name,) in ask.fetchall():
            if not command_line(int(name.split("_")[2])):
                drop(name)


def behind_the_guards(statement: str, *values: object) -> None:
    """Do what no guard lets the runtime role do, as somebody with the whole server in their hands.

    In a transaction of its own: the test must commit what it speaks of (`django_db(transaction=True)`).
    """
    with closing(superuser(settings.DATABASES["default"]["NAME"])) as connection, connection.cursor() as ask:
        ask.execute("SET session_replication_role = replica")
        ask.execute(statement, values)


@contextmanager
def as_owner(do: str, undo: str) -> Iterator[None]:
    """Something only the owner may do, in a transaction of its own, and undone."""
    name = settings.DATABASES["default"]["NAME"]
    with closing(postgres.connect(sockets(), role=postgres.OWNER, database=name)) as owner:
        with owner.cursor() as ask:
            ask.execute(do)
            try:
                yield
            finally:
                ask.execute(undo)


def empty(database: str) -> None:
    """Remove every row, append-only ones too, after a test that really committed.

    Only a superuser may switch the triggers off that forbid it, and only tests ask one.
    """
    with closing(superuser(database)) as connection, connection.cursor() as ask:
        ask.execute("SET session_replication_role = replica")
        ask.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(name for (name,) in ask.fetchall() if name not in KEPT_TABLES)
        if tables:
            wipe = [sql.SQL("DELETE FROM {};").format(sql.Identifier(table)) for table in tables]
            ask.execute(sql.SQL(" ").join(wipe))
