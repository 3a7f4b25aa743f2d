"""The one path by which rows that nobody may change or delete leave the database.

`nexus_erase_record(review)` belongs to the owner of the tables and runs with the owner's rights; `manage.py migrate`
makes it, from the declarations. Whoever calls it can say nothing but the number of a review: it erases the record of a
review that two different people have decided to erase, and refuses every other. While it runs, and only for the owner,
the guards let rows go (`nexus/privileges.py`).
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from psycopg2 import sql

from nexus.parts import parts
from nexus.retention.declared import declarations
from nexus.retention.plan import Tie, file_ties, ties

NAME = "nexus_erase_record"

BODY = """
CREATE OR REPLACE FUNCTION public.nexus_erase_record(asked bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $erase$
DECLARE
    review public.retention_review%ROWTYPE;
    gone jsonb;
    tie record;
    held text;
    pages text[];
    found bigint[];
    files uuid[] := '{{}}';
    more uuid[];
    grew boolean := true;
BEGIN
    SELECT * INTO review FROM public.retention_review WHERE id = asked FOR UPDATE;
    IF review.id IS NULL OR review.state <> 'erased' OR review.proposed_by_id IS NULL
        OR review.confirmed_by_id IS NULL OR review.confirmed_by_id = review.proposed_by_id
        OR EXISTS (SELECT FROM public.retention_tombstone WHERE review_id = asked)
    THEN
        RAISE EXCEPTION 'Two people have not decided to erase the record of review %.', asked;
    END IF;
    SELECT root INTO held FROM (VALUES {roots}) AS kinds (kind, root) WHERE kinds.kind = review.kind;
    gone := jsonb_build_object(held, jsonb_build_array(review.record_id));
    WHILE grew LOOP
        grew := false;
        FOR tie IN SELECT * FROM (VALUES {ties}) AS ties (child, key, field, owner) LOOP
            CONTINUE WHEN NOT gone ? tie.owner;
            EXECUTE format('SELECT array_agg(%I) FROM public.%I WHERE %I = ANY ($1) AND NOT %I = ANY ($2)',
                tie.key, tie.child, tie.field, tie.key) INTO found
                USING ARRAY(SELECT jsonb_array_elements_text(gone -> tie.owner)::bigint),
                ARRAY(SELECT jsonb_array_elements_text(coalesce(gone -> tie.child, '[]'))::bigint);
            CONTINUE WHEN found IS NULL;
            gone := jsonb_set(gone, ARRAY[tie.child], coalesce(gone -> tie.child, '[]') || to_jsonb(found));
            grew := true;
        END LOOP;
    END LOOP;
    FOR tie IN SELECT * FROM (VALUES {files}) AS ties (child, key, field, owner) LOOP
        CONTINUE WHEN NOT gone ? tie.child;
        EXECUTE format('SELECT array_agg(%I) FROM public.%I WHERE %I = ANY ($1) AND %I IS NOT NULL',
            tie.field, tie.child, tie.key, tie.field) INTO more
            USING ARRAY(SELECT jsonb_array_elements_text(gone -> tie.child)::bigint);
        files := files || coalesce(more, '{{}}');
    END LOOP;
    PERFORM set_config('nexus.erasing', 'on', true);
    INSERT INTO public.audit_erasedreason (entry_id, review_id)
        SELECT entry.id, asked FROM public.audit_auditevent entry
        JOIN (VALUES {labels}) AS labels (child, label) ON entry.subject_type = labels.label
        WHERE gone ? labels.child AND entry.reason <> ''
        AND entry.subject_id = ANY (ARRAY(SELECT jsonb_array_elements_text(gone -> labels.child)));
    UPDATE public.audit_auditevent SET reason = '', reason_salt = ''
        WHERE id IN (SELECT entry_id FROM public.audit_erasedreason WHERE review_id = asked);
    DELETE FROM public.notifications_notification told
        USING (VALUES {labels}) AS labels (child, label)
        WHERE gone ? labels.child AND told.subject_type = labels.label
        AND told.subject_id = ANY (ARRAY(SELECT jsonb_array_elements_text(gone -> labels.child)));
    FOR tie IN SELECT * FROM (VALUES {pages}) AS pages (child, key, named_by, address) LOOP
        CONTINUE WHEN NOT gone ? tie.child;
        EXECUTE format('SELECT array_agg(replace($2, ''{{}}'', %I::text)) FROM public.%I WHERE %I = ANY ($1)',
            tie.named_by, tie.child, tie.key) INTO pages
            USING ARRAY(SELECT jsonb_array_elements_text(gone -> tie.child)::bigint), tie.address || '%';
        DELETE FROM public.drafts_draft WHERE page LIKE ANY (pages);
    END LOOP;
    FOR tie IN SELECT DISTINCT child, key FROM (
        VALUES {all}) AS ties (child, key)
    LOOP
        CONTINUE WHEN NOT gone ? tie.child;
        EXECUTE format('DELETE FROM public.%I WHERE %I = ANY ($1)', tie.child, tie.key)
            USING ARRAY(SELECT jsonb_array_elements_text(gone -> tie.child)::bigint);
    END LOOP;
    DELETE FROM public.documents_storedfile WHERE id = ANY (files);
    PERFORM set_config('nexus.erasing', '', true);
    RETURN jsonb_build_object('rows', (SELECT coalesce(jsonb_object_agg(key, jsonb_array_length(value)), '{{}}')
        FROM jsonb_each(gone)), 'files', to_jsonb(files), 'reasons', (SELECT jsonb_build_object(
            'reasons', count(*), 'reasons_digest',
            public.audit_sha256(coalesce(string_agg(entry_id::text, ' ' ORDER BY entry_id), '')))
        FROM public.audit_erasedreason WHERE review_id = asked));
END
$erase$
"""


def function() -> str:
    """The statement that makes the function."""
    every = {(tie.table._meta.db_table, column_of_key(tie.table)) for tie in ties()}
    roots = [(kind.code, apps.get_model(kind.label)) for part in parts() for kind in part.records]
    every |= {(root._meta.db_table, column_of_key(root)) for _, root in roots}
    labels = {(model._meta.db_table, model._meta.label_lower) for model in apps.get_models()}
    return BODY.format(
        roots=values((code, root._meta.db_table) for code, root in roots),
        ties=values(as_row(tie) for tie in ties()),
        files=values(as_row(tie) for tie in file_ties()),
        labels=values(pair for pair in sorted(labels) if pair[0] in {table for table, _ in every}),
        pages=values(page_rows()),
        all=values(sorted(every)),
    )


def page_rows() -> Iterator[tuple[str, str, str, str]]:
    """The addresses of the pages of each table's rows: its key, the column that names a row in them, the address."""
    for label, declared in declarations().items():
        model = apps.get_model(label)
        for address in declared.addresses.split():
            named = column_of_key(model) if declared.named_by == "pk" else declared.named_by
            yield model._meta.db_table, column_of_key(model), named, address


def as_row(tie: Tie) -> tuple[str, str, str, str]:
    return tie.table._meta.db_table, column_of_key(tie.table), tie.column, tie.owner._meta.db_table


def column_of_key(model: Any) -> str:
    return str(model._meta.pk.column)


def values(rows: Iterable[tuple[str, ...]]) -> str:
    """('a', 'b'), ('c', 'd'): names of tables and columns, which have no quotes in them."""
    return ", ".join("(" + ", ".join(f"'{word}'" for word in row) + ")" for row in rows)


# django-pgtrigger has every guard ask this function whether it is to be ignored, and answers from a setting that any
# role may set. Only the owner's own function is let through, and who calls it cannot become the owner.
GUARDS_LET_THROUGH = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql STABLE AS $guard$
    SELECT CASE WHEN current_setting('nexus.erasing', true) = 'on' THEN current_user = (
        SELECT pg_get_userbyid(proowner) FROM pg_catalog.pg_proc
        WHERE oid = to_regprocedure('public.nexus_erase_record(bigint)'))
    ELSE false END
$guard$
"""


def statements() -> list[sql.SQL]:
    """What `manage.py migrate` carries out as the owner."""
    return [sql.SQL(function()), sql.SQL(GUARDS_LET_THROUGH)]


def erase_rows(review_id: int) -> tuple[dict[str, int], list[UUID], dict[str, Any]]:
    """Call the function: how many rows of each table went, the ids of the files whose bytes must go too, and for the
    sealed entry of the erasure how many typed reasons went out of the audit, with the digest of their entries."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NAME}(%s)", [review_id])
        answer = json.loads(cursor.fetchone()[0])
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    rows = {labels[table]: number for table, number in answer["rows"].items()}
    return rows, [UUID(each) for each in answer["files"]], answer["reasons"]
