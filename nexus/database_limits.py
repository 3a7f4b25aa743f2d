"""How long PostgreSQL lets a statement run, a lock be waited for and an open transaction be idle, by who connects.

Each connection brings its own (nexus/settings.py); the roles have those of the worker besides, for whoever connects
otherwise or through a proxy that drops such options (nexus/embedded/postgres.py, deploy/roles.sh).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from django.db import connection


@dataclass(frozen=True)
class Limits:
    """In milliseconds; 0 is no limit. The names are PostgreSQL's."""

    statement_timeout: int
    lock_timeout: int
    idle_in_transaction_session_timeout: int

    @property
    def options(self) -> str:
        """As libpq takes them: `-c name=value` for each."""
        return " ".join(f"-c {each.name}={getattr(self, each.name)}" for each in fields(self))


LIMITS = {
    "web": Limits(15_000, 5_000, 30_000),
    # Below CELERY_TASK_SOFT_TIME_LIMIT, so that a task hears of it from the database and can tidy up.
    "worker": Limits(240_000, 15_000, 280_000),
    # Whoever waits for a table's lock holds up everybody who comes after: migrations give up and are run again.
    "migrations": Limits(0, 5_000, 300_000),
}
LONG_MS = 60_000  # exports and dashboards of the whole service


def options_for(process: str) -> str:
    """The options of a connection of this kind of process; "" for one that has those of its role alone."""
    return LIMITS[process].options if process else ""


@contextmanager
def long_statements() -> Iterator[None]:
    """Statements of the block may take a minute: as a decorator, for a page that reads the whole service."""
    with connection.cursor() as ask:
        ask.execute("SELECT set_config('statement_timeout', %s, true)", [str(LONG_MS)])
    yield
