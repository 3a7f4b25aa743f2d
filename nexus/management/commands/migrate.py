"""`migrate`, followed by what the runtime role may do with the tables, and guards that it cannot pass."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from nexus.privileges import FINDS_THE_REAL_TABLES, grants
from nexus.retention import erasing


class Command(migrate.Command):
    """Migrates as the tables' owner, then grants the runtime role what each model says of itself.

    Each run does so again, and makes the one path of erasure: migrations that make a guard leave one that any session
    can have ignored.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is granted when one role does both."""
        super().handle(*args, **options)
        runtime = settings.NEXUS_RUNTIME_ROLE
        connection = connections[options["database"]]
        apart = runtime and runtime != connection.settings_dict["USER"]
        with connection.cursor() as cursor:
            for statement in [
                *erasing.statements(),
                FINDS_THE_REAL_TABLES,
                *(grants(runtime) if apart else []),
            ]:
                cursor.execute(statement)
