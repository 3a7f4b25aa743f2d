"""What makes the feed complete: a change has its number only once it is committed.

A sequence would number what is not committed yet, and a reader who has passed that number would never see it. So the
entry's own trigger notes it without a number, and whoever reads numbers everything that is committed by then, one
reader at a time: `pg_try_advisory_xact_lock` lets the others read what has its numbers already, and nobody waits.
"""

from django.db import migrations

FOLLOWS = """
CREATE FUNCTION changes_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_RELID <> 'public.audit_auditevent'::regclass THEN
        RAISE insufficient_privilege USING MESSAGE = 'Only audit entries are changes';
    END IF;
    INSERT INTO changes_change (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER changes_note AFTER INSERT ON audit_auditevent
FOR EACH ROW WHEN (NEW.is_change AND NEW.subject_type <> '') EXECUTE FUNCTION changes_note();

CREATE FUNCTION changes_number() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('nexus.changes'), 0) THEN
        RETURN;
    END IF;
    UPDATE changes_change waiting SET number = last.number + place.place
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM changes_change WHERE number IS NULL) place,
        (SELECT coalesce(max(number), 0) AS number FROM changes_change) last
    WHERE waiting.id = place.id;
END $$;
"""
BACK = """
DROP TRIGGER changes_note ON audit_auditevent;
DROP FUNCTION changes_note();
DROP FUNCTION changes_number();
"""
OPERATIONS = [migrations.RunSQL(FOLLOWS, BACK)]
