"""The backend that `DATABASES` names: each transaction begins by saying its scope (nexus/scope.py)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR, cursor

from nexus.scope import NOBODY, OFFICE, SYSTEM, Scope


class Cursor(cursor):
    """COPY passes Django by. Outside a transaction it would have no scope, read nothing, and nobody would notice."""

    def copy_expert(self, *args: Any, **kwargs: Any) -> None:
        """Raises TransactionManagementError there."""
        if self.connection.autocommit:
            raise transaction.TransactionManagementError("COPY is for a transaction: it has its scope.")
        super().copy_expert(*args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection, and the scope its transactions have.

    A statement outside any transaction is sent together with the scope, as one transaction of its own.
    """

    has_roles = False  # found out with the first connection of a process, and again while there are none

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope: Scope = SYSTEM if SYSTEM.name == settings.NEXUS_SCOPE else NOBODY
        self.answers: dict[Any, Any] | None = None  # what one reading was told (nexus/once.py)
        self.execute_wrappers.append(self._with_scope)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One whose cursors are ours."""
        made = super().get_new_connection(conn_params)
        made.cursor_factory = Cursor
        if not self.has_roles:
            with made.cursor() as ask:
                ask.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [OFFICE])
                type(self).has_roles = ask.fetchone()[0]
            made.rollback()  # a connection is born in a transaction
        return made

    def scope_statement(self) -> str:
        """What says the scope of this moment."""
        return self.scope.statement(roles=self.has_roles)

    def take_scope(self, wanted: Scope) -> None:
        """Change it, at once where a transaction is open.

        In one that has failed PostgreSQL takes no statement: its end, or that of the savepoint, takes the scope back.
        """
        changes, self.scope = wanted != self.scope, wanted
        if changes and self.connection is not None and self.in_atomic_block and not self._has_failed():
            self._say_scope()

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Without autocommit a transaction begins."""
        super().set_autocommit(autocommit, *args, **kwargs)
        if not autocommit and self.scope != NOBODY:
            self._say_scope()

    def _say_scope(self) -> None:
        # Below Django's cursors: pages count and log what they ask, and this is not theirs.
        with self.wrap_database_errors, self.connection.cursor() as ask:
            ask.execute(self.scope_statement())

    def _has_failed(self) -> bool:
        return bool(
            self.connection.closed or self.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR
        )

    def _with_scope(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if self.scope != NOBODY and not self.in_atomic_block and self.autocommit:
            text = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
            sql = f"{self.scope_statement()}; {text}"
        return execute(sql, params, many, context)
