"""What is written once is dated by the clock: nobody adds a decision, an approval or a change of last week today.

A door takes the time once and every action of the request uses it, so a row's time may lie a little before the
moment it is written, never an hour. Where the past is told (a demonstration's, a test's) nothing is compared: only
the tables' owner can say so (`audit.StoryTime`).
"""

from django.db.models import DateTimeField, Model
from psycopg2 import sql

from nexus.privileges import our_tables, privileges_of

TOLERANCE = "1 hour"
AHEAD = ("expires_at",)  # lies ahead by its nature
OF_ITS_OWN = "audit"  # the database itself dates the record (nexus/audit/sql.py)

GUARD = f"""
CREATE OR REPLACE FUNCTION public.nexus_dated_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    field text;
    written jsonb;
BEGIN
    IF EXISTS (SELECT FROM public.audit_storytime) THEN
        RETURN NEW;
    END IF;
    written := to_jsonb(NEW);
    FOREACH field IN ARRAY TG_ARGV LOOP
        IF (written ->> field)::timestamptz NOT BETWEEN
            clock_timestamp() - interval '{TOLERANCE}' AND clock_timestamp() + interval '{TOLERANCE}'
        THEN
            RAISE insufficient_privilege USING MESSAGE =
                format('%s of %s is the time of writing: it is not dated back or ahead', field, TG_TABLE_NAME);
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""


def times_of_writing(model: type[Model]) -> list[str]:
    """The columns of a row written once that say when it was written; of other models none."""
    may = privileges_of(model)
    if may.changes is None or not may.adds or model._meta.app_label == OF_ITS_OWN:
        return []
    fields = [field for field in model._meta.local_fields if isinstance(field, DateTimeField)]
    return [str(field.column) for field in fields if not field.null and field.name not in AHEAD]


def statements() -> list[sql.SQL | sql.Composed]:
    """What `manage.py migrate` carries out as the owner: the guard, and its triggers where they are not there yet."""
    return [
        sql.SQL(GUARD),
        *(trigger(model, times) for model in our_tables() if (times := times_of_writing(model))),
    ]


def trigger(model: type[Model], times: list[str]) -> sql.Composed:
    """A table that has its trigger is left alone, so that a release takes no lock for nothing."""
    name = "dated_now_" + "_".join(times)
    return sql.SQL(
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = {label}::regclass AND tgname = {called}) THEN
                CREATE TRIGGER {name} BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION public.nexus_dated_now({columns});
            END IF;
        END $$
        """
    ).format(
        label=sql.Literal(f"public.{model._meta.db_table}"),
        called=sql.Literal(name),
        name=sql.Identifier(name),
        table=sql.Identifier("public", model._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Literal, times)),
    )
