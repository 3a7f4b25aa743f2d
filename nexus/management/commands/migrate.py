"""`migrate`, followed by what the runtime role may do with the tables, and guards that it cannot pass."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from nexus import dated, row_security
from nexus.privileges import FINDS_THE_REAL_TABLES, grants
from nexus.retention import erasing
from nexus.scope import OFFICE


class Command(migrate.Command):
    """Migrates as the tables' owner, then grants the runtime role what each model says of itself, and makes PostgreSQL
    show each scope the rows that each model says.

    Each run does so again, dates what is written once by the clock, and makes the one path of erasure: migrations that make a guard leave one that any session
    can have ignored.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is granted, and nothing secured by row, when one role does both."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('nexus.migrating', 'on', false)")
        super().handle(*args, **options)
        runtime, owner = settings.NEXUS_RUNTIME_ROLE, connection.settings_dict["USER"]
        with connection.cursor() as cursor:
            for statement in (*erasing.statements(), *dated.statements(), FINDS_THE_REAL_TABLES):
                cursor.execute(statement)
            if runtime and runtime != owner:
                self.refuse_without(cursor, OFFICE)
                for role in (runtime, OFFICE):
                    for granted in grants(role):
                        cursor.execute(granted)
                for made in secured(cursor, runtime=runtime, owner=owner):
                    cursor.execute(made)

    def refuse_without(self, cursor: Any, role: str) -> None:
        """The owner of the tables makes no roles."""
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        if not cursor.fetchone()[0]:
            raise CommandError(
                f"There is no role {role}. Make it as deploy/roles.sh does, then migrate again."
            )


def secured(cursor: Any, *, runtime: str, owner: str) -> Iterator[str]:
    """The statements of every table whose policies are not those of today, and what they need."""
    yield from row_security.functions(runtime)
    for table, statements in row_security.outdated(cursor, runtime=runtime, owner=owner):
        yield from statements
        yield f"COMMENT ON POLICY force ON {table} IS '{row_security.mark(statements)}'"
    for view in row_security.views():
        yield f"ALTER VIEW {view} SET (security_invoker = true)"
