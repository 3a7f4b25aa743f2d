"""How a name and a number are compared wherever somebody is searched, and the indexes that make it quick.

Written by hand, because they are what `referrals.finding` asks, in the same words; `manage.py remake_migrations` puts
them at the end of the first migration. The functions are said to be immutable, which an index demands: they are, as
long as the rules of `unaccent` stay; whoever changes those builds the indexes anew (REINDEX).
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation

# A name in small letters without accents: what stands inside a word (apostrophes) goes, what stands between two is a
# space. O’Neill is oneill, Al-Wadiawi is "al wadiawi", ＳＭＩＴＨ is smith.
FOLD = """
CREATE FUNCTION nexus_fold(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.translate(
    pg_catalog.lower(public.unaccent('public.unaccent', pg_catalog.normalize($1, 'NFKC'))),
    E'-\\u2010\\u2011\\u2013_,.;/()''\\u2019\\u2018\\u02bc\\u02bb`\\u00b4"', '           ')
$$
"""
# A number as it is compared: letters and digits alone, in capitals.
SQUEEZE = """
CREATE FUNCTION nexus_squeeze(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.upper(pg_catalog.regexp_replace($1, '[^A-Za-z0-9]', '', 'g'))
$$
"""
FULL_NAME = "nexus_fold(surname || ' ' || forenames)"
NUMBERS = (
    "pnc_id",
    "cro_number",
    "home_office_reference",
    "cid_person_id",
    "prison_number",
    "passport_number",
    "own_reference",
)
INDEXES = {
    "found_by_name": f"referrals_referral USING gin ({FULL_NAME} gin_trgm_ops)",
    "found_by_other_name": "referrals_alias USING gin (nexus_fold(name) gin_trgm_ops)",
    "found_by_birth": "referrals_referral (date_of_birth)",
    "found_by_reference": "referrals_referral USING gin (nexus_squeeze(reference) gin_trgm_ops)",
    **{
        f"found_by_{field}": f"referrals_referral (nexus_squeeze({field})) WHERE {field} <> ''"
        for field in NUMBERS
    },
}
OPERATIONS: list[Operation] = [
    TrigramExtension(),
    UnaccentExtension(),
    migrations.RunSQL(FOLD, "DROP FUNCTION nexus_fold(text)"),
    migrations.RunSQL(SQUEEZE, "DROP FUNCTION nexus_squeeze(text)"),
    *(
        migrations.RunSQL(f"CREATE INDEX {name} ON {where}", f"DROP INDEX {name}")
        for name, where in INDEXES.items()
    ),
]
