"""What somebody with the runtime role's password would try on a table, statement by statement."""

# ruff: noqa: S608  (of our own tables' names)

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pgtrigger
from django.db import DatabaseError, connection, models, transaction

from nexus.privileges import our_tables, privileges_of

# How PostgreSQL says no: no privilege, not the owner; and how a guard does.
REFUSED = {"42501": "privilege", "P0001": "guard", "42809": "privilege"}
OUR_ROLE = "nexus_app"

# Each is tried before the same attacks; those that PostgreSQL lets pass must change nothing.
SETTINGS = (
    "SELECT set_config('pgtrigger.ignore', '{{{guards}}}', true)",
    "SELECT set_config('nexus.erasing', 'on', true)",
    "GRANT ALL ON {table} TO {role}",
    "SET LOCAL search_path = pg_temp, public",
    "CREATE TEMP TABLE {table} (LIKE public.{table}) ON COMMIT DROP",
    "SET CONSTRAINTS ALL DEFERRED",
)
OF_THE_SERVER = (
    "SET LOCAL session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "ALTER ROLE nexus_app SET session_replication_role = replica",
    "DROP OWNED BY nexus_owner",
    "GRANT nexus_owner TO nexus_app",
    "SET LOCAL ROLE nexus_owner",
    "SET LOCAL ROLE nexus_superuser",
    "SET LOCAL SESSION AUTHORIZATION nexus_owner",
    "ALTER ROLE nexus_app SUPERUSER",
    "ALTER ROLE nexus_app BYPASSRLS",
    "CREATE ROLE another SUPERUSER",
    "CREATE SCHEMA own",
    "CREATE FUNCTION public.own() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "DROP FUNCTION public._pgtrigger_should_ignore(name) CASCADE",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "UPDATE pg_class SET relrowsecurity = false",
    "UPDATE pg_authid SET rolsuper = true",
)
TO_SWITCH_GUARDS_OFF = (
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} OWNER TO {role}",
    "ALTER TABLE {table} RENAME TO elsewhere",
    "DROP TABLE {table} CASCADE",
    "TRUNCATE {table} CASCADE",
    "CREATE RULE passing AS ON UPDATE TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER aaa_passing BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
)
OF_EACH_GUARD = (
    "ALTER TABLE {table} DISABLE TRIGGER {guard}",
    "DROP TRIGGER {guard} ON {table}",
    "CREATE OR REPLACE FUNCTION public.{guard}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION public.{guard}() RESET ALL",
    "DROP FUNCTION public.{guard}() CASCADE",
)
# Another value of the same kind, whatever stands there.
ANOTHER = {
    "text": "coalesce({column}, '') || 'x'", "varchar": "coalesce({column}, '') || 'x'",
    "bool": "NOT coalesce({column}, false)", "jsonb": "'\"x\"'", "bytea": "'x'", "uuid": "gen_random_uuid()",
    "date": "coalesce({column}, current_date) + 1",
    "text[]": "coalesce({column}, '{{}}') || '{{x}}'",
    "timestamptz": "coalesce({column}, now()) + interval '1 hour'",
    **dict.fromkeys(("int2", "int4", "int8", "float8", "numeric"), "coalesce({column}, 0) + 1"),
}  # fmt: skip


@dataclass
class Tally:
    """How many statements were tried, and those that were carried out though they should not."""

    tried: int = 0
    succeeded: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def expect_refusal(self, statement: str, *, before: Iterable[str] = ()) -> None:
        """Count the statement, which a role without rights must be refused; everything is taken back."""
        self.tried += 1
        said = outcome(statement, before=before)
        if said == "":
            self.succeeded.append("; ".join([*before, statement]))
        elif said not in REFUSED:
            self.broken.append(f"{said}: {statement}")

    def __str__(self) -> str:
        return f"{len(self.succeeded)} of {self.tried} ways succeeded"


class TakenBack(Exception):
    """Ends a savepoint."""


def outcome(statement: str, *, before: Iterable[str] = ()) -> str:
    """PostgreSQL's code of refusal, or "" where the statement was carried out; both are taken back."""
    try:
        with transaction.atomic(), connection.cursor() as ask:
            for each in before:
                ask.execute(each)
            ask.execute(statement)
            raise TakenBack
    except TakenBack:
        return ""
    except DatabaseError as error:
        return str(getattr(error.__cause__, "pgcode", "") or "no code")


def guards_of(model: type[models.Model]) -> list[str]:
    """The names its triggers have in the database."""
    return [
        trigger.get_pgid(model)
        for owner, trigger in pgtrigger.registered()
        if owner._meta.label == model._meta.label
    ]


def protected() -> list[type[models.Model]]:
    """Every model with a guard, or of whose rows something may not be done."""
    return [each for each in our_tables() if guards_of(each) or hasattr(each, "PRIVILEGES")]


def refused_by_privilege(model: type[models.Model]) -> Iterator[str]:
    """What its declaration says nobody may do. No row is needed: PostgreSQL asks for the privilege first."""
    may, table = privileges_of(model), model._meta.db_table
    key = model._meta.pk.column
    if not may.deletes:
        yield f"DELETE FROM {table} WHERE false"
        yield f"WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone"
        yield f"MERGE INTO {table} a USING {table} b ON a.{key} = b.{key} WHEN MATCHED THEN DELETE"
    if not may.adds:
        yield f"INSERT INTO {table} SELECT * FROM {table} WHERE false"
    if may.changes is None:
        return
    fields = [each for each in model._meta.concrete_fields if not each.generated]
    listed = ", ".join(f'"{each.column}"' for each in fields)
    for column in (f'"{each.column}"' for each in fields if each.name not in may.changes):
        yield f"UPDATE {table} SET {column} = {column} WHERE false"
        yield f"MERGE INTO {table} a USING {table} b ON a.{key} = b.{key} WHEN MATCHED THEN UPDATE SET {column} = b.{column}"
        yield (
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table} WHERE false"
            f" ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}"
        )


def ways_out(model: type[models.Model]) -> Iterator[str]:
    """Every statement by which a role might take a guard or a privilege's absence away."""
    table = model._meta.db_table
    yield from (each.format(table=table, role=OUR_ROLE) for each in TO_SWITCH_GUARDS_OFF)
    yield from (each.format(table=table, guard=guard) for guard in guards_of(model) for each in OF_EACH_GUARD)


def settings_for(model: type[models.Model]) -> list[str]:
    """What anybody may say in a session, naming the guards of this table."""
    names = {"table": model._meta.db_table, "role": OUR_ROLE, "guards": ",".join(guards_of(model))}
    return [each.format(**names) for each in SETTINGS]


def changes(model: type[models.Model]) -> Iterator[str]:
    """Every column changed, one at a time, in one row of each state; and each such row deleted and written again."""
    table, key = model._meta.db_table, model._meta.pk.column
    for pk in rows_of(model):
        written = [each for each in model._meta.concrete_fields if not each.generated]
        for column in written:
            another = ANOTHER[kind_of(column)].format(column=f'"{column.column}"')
            yield f"UPDATE public.{table} SET \"{column.column}\" = {another} WHERE {key} = '{pk}'"
        yield f"DELETE FROM public.{table} WHERE {key} = '{pk}'"
        names = [f'"{each.column}"' for each in written if not each.primary_key]
        listed = ", ".join(names)
        yield f"INSERT INTO public.{table} ({listed}) SELECT {listed} FROM public.{table} WHERE {key} = '{pk}'"


def kind_of(column: "models.Field[Any, Any]") -> str:
    """PostgreSQL's short name of the column's type."""
    kind = (column.db_type(connection) or "").split("(")[0]
    return "text[]" if (column.db_type(connection) or "").endswith("[]") else SHORT.get(kind, kind)


SHORT = {
    "boolean": "bool", "bigint": "int8", "integer": "int4", "smallint": "int2", "double precision": "float8",
    "timestamp with time zone": "timestamptz",
}  # fmt: skip


def rows_of(model: type[models.Model]) -> list[object]:
    """The keys of one row in each of its states, or of its first row."""
    rows = model._base_manager.all()
    if any(each.name == "state" for each in model._meta.concrete_fields):
        found = rows.order_by("state", "pk").distinct("state")
        return list(found.values_list("pk", flat=True))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])
