"""The indexes of the search for duplicates, on the tables of `referrals`.

Written by hand, because they are what `searching` asks, in the same words; `manage.py remake_migrations` puts them
at the end of the first migration.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation

INDEXES = {
    "duplicates_by_name": "referrals_referral USING gin (upper(surname || ' ' || forenames) gin_trgm_ops)"
    " WHERE submitted_at IS NOT NULL",
    "duplicates_by_other_name": "referrals_alias USING gin (upper(name) gin_trgm_ops)",
    "duplicates_by_birth": "referrals_referral (date_of_birth) WHERE submitted_at IS NOT NULL",
    "duplicates_by_pnc_id": "referrals_referral (pnc_id) WHERE submitted_at IS NOT NULL AND pnc_id <> ''",
    "duplicates_by_cro_number": "referrals_referral (cro_number)"
    " WHERE submitted_at IS NOT NULL AND cro_number <> ''",
    "duplicates_by_reference": "referrals_referral"
    " (upper(regexp_replace(home_office_reference, '[^A-Za-z0-9/]', '', 'g')))"
    " WHERE submitted_at IS NOT NULL AND home_office_reference <> ''",
}
OPERATIONS: list[Operation] = [
    TrigramExtension(),
    *(
        migrations.RunSQL(f"CREATE INDEX {name} ON {where}", f"DROP INDEX {name}")
        for name, where in INDEXES.items()
    ),
]
