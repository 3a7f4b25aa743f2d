"""What the runtime role may do to the rows of a table, beside reading and adding them; and guards that it cannot pass.

A model says it of itself in `PRIVILEGES`; a model that says nothing may have its rows changed and deleted.
`manage.py migrate` carries it out as the tables' owner. A trigger can have a mistake and can be switched off by its
owner; what the runtime role has no privilege for, no mistake of the running application can do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from psycopg2 import sql


@dataclass(frozen=True)
class Privileges:
    """`changes` names the fields that may be changed, None stands for all; `deletes` and `adds` whether rows may go
    and come."""

    changes: tuple[str, ...] | None = None
    deletes: bool = True
    adds: bool = True


WRITTEN_ONCE = Privileges(changes=(), deletes=False)
NEVER_DELETED = Privileges(deletes=False)
# The database itself writes it, by functions of the owner's.
READ_ONLY = Privileges(changes=(), deletes=False, adds=False)
# Nobody rewrites it; it goes with what it belongs to, when the time of keeping that is over.
NEVER_REWRITTEN = Privileges(changes=())


def only_changes(*fields: str) -> Privileges:
    """Rows stay, and of their fields only these may be changed, as when something is voided or taken back."""
    return Privileges(changes=fields, deletes=False)


def privileges_of(model: type[Model]) -> Privileges:
    """What the model says of itself, or every privilege."""
    declared: Privileges = getattr(model, "PRIVILEGES", Privileges())
    return declared


def our_tables() -> list[type[Model]]:
    """Every model with a table that `migrate` makes."""
    return [model for model in apps.get_models() if model._meta.managed]


def grants(runtime: str) -> list[sql.Composed]:
    """The statements that give the role `runtime` its privileges, ending with those it must not have."""
    role = sql.Identifier(runtime)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(role),
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(role),
    ]
    return statements + [each for model in our_tables() for each in _of_one_table(model, role)]


def _of_one_table(model: type[Model], role: sql.Identifier) -> Iterator[sql.Composed]:
    table, may = sql.Identifier(model._meta.db_table), privileges_of(model)
    if may.changes is not None:  # takes away what was granted for single columns, too
        yield sql.SQL("REVOKE UPDATE ON {} FROM {}").format(table, role)
    if may.changes:
        names = [model._meta.get_field(name).column for name in may.changes]  # type: ignore[union-attr]
        columns = sql.SQL(", ").join(map(sql.Identifier, names))
        yield sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(columns, table, role)
    if not may.deletes:
        yield sql.SQL("REVOKE DELETE ON {} FROM {}").format(table, role)
    if not may.adds:
        yield sql.SQL("REVOKE INSERT ON {} FROM {}").format(table, role)


# A guard finds its tables by name. Without this a temporary table of the same name would be found first.
FINDS_THE_REAL_TABLES = sql.SQL(
    """
    DO $$
    DECLARE guard regprocedure;
    BEGIN
        FOR guard IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            AND prorettype = 'trigger'::regtype AND proowner = current_user::regrole
        LOOP
            EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', guard);
        END LOOP;
    END $$
    """
)
