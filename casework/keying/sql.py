"""The view of what has to be keyed (ADR 0025): what happened, and the confirmation that stands.

Written by hand, because Django describes no views; `manage.py remake_migrations` puts it at the end of the first
migration. A migration that changes the type of one of these columns has to drop the view before and make it
again after.
"""

from django.db import migrations

VIEW = """
CREATE VIEW keying_entry AS
SELECT event.*, keyed.id AS keyed_id
FROM (
    SELECT 'flag-set-' || id AS key, 'flag_set' AS what, id AS flag_id, NULL::bigint AS allocation_id,
        referral_id, set_at AS happened_at, set_by_id AS done_by_id
    FROM referrals_specialconditionsflag
    UNION ALL
    SELECT 'flag-removed-' || id, 'flag_removed', id, NULL, referral_id, removed_at, removed_by_id
    FROM referrals_specialconditionsflag WHERE removed_at IS NOT NULL
    UNION ALL
    SELECT 'allocation-made-' || id, 'allocation_made', NULL, id, referral_id, allocated_at, allocated_by_id
    FROM referrals_allocation
    UNION ALL
    SELECT 'allocation-ended-' || id, 'allocation_ended', NULL, id, referral_id, ended_at, ended_by_id
    FROM referrals_allocation WHERE ended_at IS NOT NULL
) event
LEFT JOIN keying_keyed keyed ON keyed.key = event.key AND keyed.corrected_at IS NULL
"""
OPERATIONS = [migrations.RunSQL(VIEW, "DROP VIEW keying_entry")]
