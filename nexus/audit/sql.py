"""What makes the record hold against whoever writes it: the database sets, keeps and seals every entry itself.

The functions belong to the tables' owner, obey no setting of a session, and the runtime role has no privilege on
seals and heads. `nexus/audit/verifying.py` reckons the same hashes in Python, so that a changed function is found too.

A chain is a subject's; of entries without one, the person's. Seals are written when the transaction commits, in the
order of their chains: two transactions with the same subjects never wait for each other in a circle.
"""

from django.db import migrations

# The text of each column that is hashed, in this order; times in microseconds, so that no setting changes them.
HASHED = (
    "e.id::text",
    "audit_micros(e.at)",
    "audit_micros(e.recorded_at)",
    "e.transaction::text",
    "e.by_id::text",
    "e.by_role",
    "e.kind",
    "e.subject_type",
    "e.subject_id",
    "e.subjects::text",
    "e.reason_digest",
    "e.recipient",
    "e.detail::text",
    "e.request_id",
)
OWNERS = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
HASHES = f"""
CREATE FUNCTION audit_micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
RETURN ((extract(epoch FROM moment) * 1000000)::bigint)::text;

CREATE FUNCTION audit_piece(value text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN value IS NULL THEN '-' ELSE length(value)::text || ':' || value END;

CREATE FUNCTION audit_sha256(value text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(sha256(convert_to(value, 'UTF8')), 'hex');

CREATE FUNCTION audit_digest(e audit_auditevent) RETURNS text LANGUAGE sql STABLE
RETURN audit_sha256(concat({", ".join(f"audit_piece({column})" for column in HASHED)}));

CREATE FUNCTION audit_chain(e audit_auditevent) RETURNS text LANGUAGE sql STABLE
RETURN CASE WHEN e.subject_type <> '' THEN e.subject_type || ':' || e.subject_id
    ELSE 'person:' || coalesce(e.by_id::text, '') END;

CREATE FUNCTION audit_link(before text, number bigint, moment timestamptz, digest text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN audit_sha256(concat_ws(' ', before, number::text, audit_micros(moment), digest));
"""
SET = """
CREATE FUNCTION audit_set_entry() RETURNS trigger OWNERS AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM currval('public.audit_auditevent_id_seq') THEN
        RAISE insufficient_privilege USING MESSAGE = 'The database numbers audit entries';
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.reason_salt := CASE NEW.reason WHEN '' THEN '' ELSE gen_random_uuid()::text END;
    NEW.reason_digest := CASE NEW.reason WHEN '' THEN '' ELSE audit_sha256(NEW.reason_salt || NEW.reason) END;
    IF NOT EXISTS (SELECT FROM audit_storytime) THEN
        NEW.at := NEW.recorded_at;
    END IF;
    IF coalesce(current_setting('nexus.first_entry', true), '') = '' THEN
        PERFORM set_config('nexus.first_entry', NEW.id::text, true);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_set_entry BEFORE INSERT ON audit_auditevent
FOR EACH ROW EXECUTE FUNCTION audit_set_entry();
"""
# Whoever attached the function to a table of their own could have anything sealed: hence the first line.
SEAL = """
CREATE FUNCTION audit_seal_one(e audit_auditevent) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    digest text := audit_digest(e);
    moment timestamptz := greatest(clock_timestamp(), e.recorded_at);
    sealed audit_chainhead;
BEGIN
    INSERT INTO audit_chainhead AS head (chain, number, hash, sealed_at)
    VALUES (audit_chain(e), 1, audit_link('', 1, moment, digest), moment)
    ON CONFLICT (chain) DO UPDATE SET
        number = head.number + 1,
        sealed_at = greatest(moment, head.sealed_at),
        hash = audit_link(head.hash, head.number + 1, greatest(moment, head.sealed_at), digest)
    RETURNING * INTO sealed;
    INSERT INTO audit_seal (chain, number, entry_id, sealed_at, hash)
    VALUES (sealed.chain, sealed.number, e.id, sealed.sealed_at, sealed.hash);
END $$;

CREATE FUNCTION audit_seal_entries() RETURNS trigger OWNERS AS $$
DECLARE
    first bigint := nullif(current_setting('nexus.first_entry', true), '')::bigint;
    e audit_auditevent;
BEGIN
    IF TG_RELID <> 'public.audit_auditevent'::regclass THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only audit entries are sealed';
    END IF;
    IF EXISTS (SELECT FROM audit_seal WHERE entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    FOR e IN
        SELECT * FROM audit_auditevent one
        WHERE one.id >= first AND one.transaction = NEW.transaction
            AND NOT EXISTS (SELECT FROM audit_seal WHERE entry_id = one.id)
        ORDER BY audit_chain(one), one.id
    LOOP
        PERFORM audit_seal_one(e);
    END LOOP;
    IF NOT EXISTS (SELECT FROM audit_seal WHERE entry_id = NEW.id) THEN
        PERFORM audit_seal_one(NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_seal_entries AFTER INSERT ON audit_auditevent
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_entries();
"""
# Not with the owner's rights, so that it knows who asks. The typed reason alone may go, on the one path of erasure
# (nexus/retention/erasing.py): what is sealed is its salted digest, and with the salt gone nobody can try words on it.
KEEP = """
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_auditevent' AND public._pgtrigger_should_ignore(TG_NAME) THEN
        IF to_jsonb(NEW) - 'is_change' = to_jsonb(OLD) - 'is_change' || '{"reason": "", "reason_salt": ""}' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'The audit record is append-only';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_keep();
"""
    for table in ("audit_auditevent", "audit_seal", "audit_verification")
)
# Waits for the few transactions that are committing now: what is sealed later has a higher number.
HORIZON = """
CREATE FUNCTION audit_horizon() RETURNS bigint OWNERS SET lock_timeout = '10s' AS $$
BEGIN
    LOCK TABLE audit_seal IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM audit_seal);
END $$;
"""
BACK = """
DROP FUNCTION audit_horizon();
DROP FUNCTION audit_keep() CASCADE;
DROP FUNCTION audit_seal_entries() CASCADE;
DROP FUNCTION audit_set_entry() CASCADE;
DROP FUNCTION audit_seal_one(audit_auditevent);
DROP FUNCTION audit_link(text, bigint, timestamptz, text);
DROP FUNCTION audit_chain(audit_auditevent);
DROP FUNCTION audit_digest(audit_auditevent);
DROP FUNCTION audit_sha256(text);
DROP FUNCTION audit_piece(text);
DROP FUNCTION audit_micros(timestamptz);
"""
SQL = "".join((HASHES, SET, SEAL, KEEP, HORIZON)).replace("OWNERS", OWNERS)
OPERATIONS = [migrations.RunSQL(SQL, BACK)]
