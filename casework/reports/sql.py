"""Which figures of the dashboard have to be counted again: PostgreSQL writes it down with the move itself.

Written by hand; `manage.py remake_migrations` puts it at the end of the first migration. A row is added and nothing is
locked, so that two moves never wait for each other. The month is the United Kingdom's, like that of `Figure`.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION reports_month(moment timestamptz) RETURNS date LANGUAGE sql STABLE
RETURN date_trunc('month', moment AT TIME ZONE 'Europe/London')::date;

CREATE FUNCTION reports_due_of_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' AND NEW.submitted_at IS NOT NULL THEN
        INSERT INTO reports_figuredue (force_id, month) VALUES (NEW.force_id, reports_month(NEW.submitted_at));
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.submitted_at IS NOT NULL THEN
        INSERT INTO reports_figuredue (force_id, month) VALUES (OLD.force_id, reports_month(OLD.submitted_at));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION reports_due_with_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_figuredue (force_id, month)
    SELECT force_id, reports_month(submitted_at) FROM referrals_referral
    WHERE id = NEW.referral_id AND submitted_at IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION reports_due_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_figuredue (force_id, month) SELECT DISTINCT force_id, month FROM reports_figure
    WHERE force_id IS NOT NULL;
    RETURN NULL;
END $$;
"""
MOVED = "OLD.state IS DISTINCT FROM NEW.state"
TRIGGERS = f"""
CREATE TRIGGER reports_due AFTER INSERT OR DELETE ON referrals_referral
FOR EACH ROW EXECUTE FUNCTION reports_due_of_referral();
CREATE TRIGGER reports_due_moved AFTER UPDATE ON referrals_referral FOR EACH ROW
WHEN ({MOVED} OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at OR OLD.force_id IS DISTINCT FROM NEW.force_id)
EXECUTE FUNCTION reports_due_of_referral();
CREATE TRIGGER reports_due_moved AFTER UPDATE ON casework_case FOR EACH ROW
WHEN ({MOVED} OR OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION reports_due_with_referral();
CREATE TRIGGER reports_due AFTER INSERT OR UPDATE OR DELETE ON accounts_bankholiday
EXECUTE FUNCTION reports_due_all();
""" + "".join(
    f"""
CREATE TRIGGER reports_due AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION reports_due_with_referral();
"""
    for table in (
        "casework_case",
        "referrals_triagedecision",
        "referrals_specialconditionsflag",
        "referrals_allocation",
    )
)
BACK = """
DROP FUNCTION reports_due_of_referral() CASCADE;
DROP FUNCTION reports_due_with_referral() CASCADE;
DROP FUNCTION reports_due_all() CASCADE;
DROP FUNCTION reports_month(timestamptz);
"""
DEPENDENCIES = [("casework", "0001_initial")]
OPERATIONS = [migrations.RunSQL(FUNCTIONS + TRIGGERS, BACK)]
