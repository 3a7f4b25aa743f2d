"""Row-level security: what each scope of nexus/scope.py sees of each table, and the SQL that makes PostgreSQL hold it.

A model says how its rows belong to a force in `SEEN_BY`, and `manage.py migrate` makes the policies of it. The Home
Office's role sees every row without a condition, so that its plans are what they were; the police see their own
force's; whoever has no scope sees nothing. Tables of other packages stand in `ELSEWHERE`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from nexus.privileges import our_tables
from nexus.scope import OFFICE

FORCE = "(SELECT NULLIF(current_setting('nexus.force', true), '')::bigint)"
PERSON = "(SELECT NULLIF(current_setting('nexus.person', true), '')::bigint)"
IS_SYSTEM = "(SELECT current_setting('nexus.scope', true)) = 'system'"
# The owner sees rows while it migrates, and in its own functions that somebody else calls.
IS_OWNERS_WORK = "(SELECT current_setting('nexus.migrating', true)) = 'on' OR session_user <> current_user"


@dataclass(frozen=True)
class SeenBy:
    """How the rows of a table belong to somebody.

    `force` names the field of the force itself; `its` those of which one leads to a row that is seen; `maker` that of who
    made it, `person` that of the one person who sees it at all. `shows` names what is seen with a row: a file with its attachment, a case with what a
    force was tasked with. `open_because` says why the table is no secret: then there is no policy.
    """

    force: str = ""
    its: tuple[str, ...] = ()
    maker: str = ""
    person: str = ""
    shows: tuple[str, ...] = ()
    open_because: str = ""


OFFICE_ONLY = SeenBy()


def of_force(field: str = "force", *, shows: tuple[str, ...] = ()) -> SeenBy:
    """The row names its force."""
    return SeenBy(force=field, shows=shows)


def with_its(*fields: str, shows: tuple[str, ...] = ()) -> SeenBy:
    """The row is seen with a row that one of its fields names."""
    return SeenBy(its=fields, shows=shows)


def its_own(person: str) -> SeenBy:
    """Only this person sees it, at the Home Office too."""
    return SeenBy(person=person)


def open_to_all(because: str) -> SeenBy:
    """Every scope sees it."""
    return SeenBy(open_because=because)


ELSEWHERE = {
    "auth.Permission": open_to_all("Names of permissions."),
    "auth.Group": open_to_all("Names of groups."),
    "contenttypes.ContentType": open_to_all("Names of models."),
    "sessions.Session": open_to_all(
        "Read before anybody is known; it holds ids, and is deleted with the session."
    ),
    "knox.AuthToken": open_to_all("Read before anybody is known; it holds hashes."),
    "mfa.Authenticator": open_to_all("Read before anybody is signed in; its secrets are sealed."),
    "account.EmailAddress": open_to_all("Stays empty."),
    "account.EmailConfirmation": open_to_all("Stays empty."),
}


def seen_by(model: type[Model]) -> SeenBy | None:
    """What the model says, or None where it says nothing."""
    said: SeenBy | None = getattr(model, "SEEN_BY", None) or ELSEWHERE.get(model._meta.label)
    return said


def protected_tables() -> list[type[Model]]:
    """Every model whose rows not everybody sees; one that says nothing is the Home Office's."""
    return [model for model in our_tables() if not (seen_by(model) or OFFICE_ONLY).open_because]


def column(model: type[Model], field: str) -> str:
    found: Any = model._meta.get_field(field)
    return str(found.column)


def condition(model: type[Model]) -> str:
    """What makes a row of the table one of the police scope's, as SQL."""
    said, table = seen_by(model) or OFFICE_ONLY, model._meta.db_table
    ways = [*_own(model, said, table), *_shown(model, table)]
    return " OR ".join(ways) or "false"


def _own(model: type[Model], said: SeenBy, table: str) -> Iterator[str]:
    if said.force:
        yield f"{table}.{column(model, said.force)} = {FORCE}"
    for name in filter(None, (said.maker, said.person)):
        yield f"{table}.{column(model, name)} = {PERSON}"
    for name in said.its:
        parent: Any = model._meta.get_field(name).related_model
        key = f"{parent._meta.db_table}.{parent._meta.pk.column}"
        yield f"EXISTS (SELECT FROM {parent._meta.db_table} WHERE {key} = {table}.{column(model, name)})"


def _shown(model: type[Model], table: str) -> Iterator[str]:
    """By rows that lead here. A row of the force itself may lead over others: then a function of the owner's looks."""
    key = f"{table}.{model._meta.pk.column}"
    for source, path in leading_to(model):
        if seen_by(source).force:  # type: ignore[union-attr]
            continue
        other = source._meta.db_table
        yield f"EXISTS (SELECT FROM {other} WHERE {other}.{column(source, path)} = {key})"
    if function_of(model):
        yield f"{key} IN (SELECT {function_name(model)}({FORCE}))"


def leading_to(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Every model that shows rows of this one, with the path of fields."""
    return [
        (source, path)
        for source in our_tables()
        for path in (seen_by(source) or OFFICE_ONLY).shows
        if target_of(source, path) is model
    ]


def target_of(source: type[Model], path: str) -> type[Model]:
    """The model at the end of a path of fields."""
    found: Any = source
    for name in path.split("__"):
        found = found._meta.get_field(name).related_model
    return found


def function_name(model: type[Model]) -> str:
    return f"public.shown_{model._meta.db_table}"


def function_of(model: type[Model]) -> str:
    """The owner's function that gives the keys a force sees through rows of its own; "" where none leads here.

    It looks past the policies, or those of two tables that lead to each other would have no end.
    """
    ways = [_keys(source, path) for source, path in leading_to(model) if seen_by(source).force]  # type: ignore[union-attr]
    if not ways:
        return ""
    return (
        f"CREATE OR REPLACE FUNCTION {function_name(model)}(force bigint) RETURNS SETOF bigint LANGUAGE sql STABLE"
        " SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
        f" AS $$ {' UNION '.join(ways)} $$"
    )


def _keys(source: type[Model], path: str) -> str:
    """SELECT the last key of the path FROM the source and what lies between, WHERE the row is the force's."""
    model, joined = source, f"public.{source._meta.db_table} r0"
    names = path.split("__")
    for depth, name in enumerate(names[:-1]):
        found: Any = model._meta.get_field(name)
        model = found.related_model
        joined += (
            f" JOIN public.{model._meta.db_table} r{depth + 1}"
            f" ON r{depth + 1}.{model._meta.pk.column} = r{depth}.{found.column}"
        )
    force = column(source, seen_by(source).force)  # type: ignore[union-attr]
    last = f"r{len(names) - 1}.{column(model, names[-1])}"
    return f"SELECT {last} FROM {joined} WHERE r0.{force} = $1 AND {last} IS NOT NULL"  # noqa: S608  (our own names)


def policies(model: type[Model], *, runtime: str, owner: str) -> list[str]:
    """The statements that make PostgreSQL hold what the model says, whatever stood there before."""
    said, table = seen_by(model) or OFFICE_ONLY, model._meta.db_table
    office = f"({IS_SYSTEM} OR {table}.{column(model, said.person)} = {PERSON})" if said.person else "true"
    rules = {
        "office": (OFFICE, office),
        "force": (runtime, condition(model)),
        "owner": (owner, IS_OWNERS_WORK),
    }
    made = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    for name, (role, rule) in rules.items():
        made += [
            f"DROP POLICY IF EXISTS {name} ON {table}",
            f"CREATE POLICY {name} ON {table} TO {role} USING ({rule}) WITH CHECK ({rule})",
        ]
    return made


def security(*, runtime: str, owner: str) -> Iterator[tuple[str, list[str]]]:
    """For each protected table its name and its statements, those it had before included."""
    for model in protected_tables():
        yield model._meta.db_table, policies(model, runtime=runtime, owner=owner)


MARKED = """
    SELECT relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE polname = 'force' AND relnamespace = 'public'::regnamespace
"""


def outdated(cursor: Any, *, runtime: str, owner: str) -> list[tuple[str, list[str]]]:
    """Of `security`, the tables whose policies in the database are not those of today."""
    cursor.execute(MARKED)
    marks = dict(cursor.fetchall())
    wanted = security(runtime=runtime, owner=owner)
    return [(table, statements) for table, statements in wanted if marks.get(table) != mark(statements)]


def functions(runtime: str) -> Iterator[str]:
    """What the policies ask; the police's role may call it and nobody else."""
    for model in protected_tables():
        if made := function_of(model):
            yield made
            yield f"REVOKE ALL ON FUNCTION {function_name(model)}(bigint) FROM PUBLIC"
            yield f"GRANT EXECUTE ON FUNCTION {function_name(model)}(bigint) TO {runtime}"


def mark(statements: list[str]) -> str:
    """Changes whenever the statements do: kept beside the policy, so that a table is only locked for a change."""
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


def views() -> list[str]:
    """The tables of our models that are views: whoever reads one sees what they see of its tables."""
    return [model._meta.db_table for model in apps.get_models() if not model._meta.managed]
