"""`migrate`, followed by what the runtime role may do with the tables."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections
from psycopg2 import sql

from nexus.retention import erasing


class Command(migrate.Command):
    """Migrates as the tables' owner, then grants the runtime role reading and writing rows.

    Tables named in NEXUS_APPEND_ONLY are granted SELECT and INSERT only, so that not even a
    mistake in the running application can change or remove an audit entry.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the one path of erasure again, too. Nothing is granted when one role does both."""
        super().handle(*args, **options)
        runtime = settings.NEXUS_RUNTIME_ROLE
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            for made in erasing.statements():
                cursor.execute(made)
        if runtime and runtime != connection.settings_dict["USER"]:
            with connection.cursor() as cursor:
                for statement in grants(runtime):
                    cursor.execute(statement)


def grants(runtime: str) -> list[sql.Composed]:
    """The statements that give `runtime` its privileges, ending with those it must not have."""
    role = sql.Identifier(runtime)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(role),
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(role),
    ]
    for label in settings.NEXUS_APPEND_ONLY:
        table = sql.Identifier(apps.get_model(label)._meta.db_table)
        statements.append(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, role))
    for label in settings.NEXUS_READ_ONLY:
        table = sql.Identifier(apps.get_model(label)._meta.db_table)
        statements.append(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, role)
        )
    return statements
