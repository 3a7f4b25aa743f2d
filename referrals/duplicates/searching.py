"""Which referrals are worth comparing with one: a bounded search in PostgreSQL by trigrams, date and identifiers."""

import hashlib
import json
from typing import Any

from django.db import connection

from referrals.datawash.linkage.model import CURRENT
from referrals.models import DatePrecision, NationalitySource, Referral, Sex

MOST = 50  # referrals compared with one
EXACTLY = 10_000  # sent referrals, counted each time
UNDETERMINED = "XXX"  # two of them agree on nothing
# The best known nationality speaks: a claimed one was once trusted wrongly.
BEST_SOURCE = (NationalitySource.HOME_OFFICE, NationalitySource.DOCUMENT, NationalitySource.CLAIMED)


def details_of(referral: Referral) -> dict[str, str]:
    """What the comparisons read of a referral's subject, in the columns of a data-wash's list."""
    nationalities = [each for each in referral.nationalities.all() if each.code != UNDETERMINED]
    known = sorted(nationalities, key=lambda each: BEST_SOURCE.index(each.source))
    born = referral.date_of_birth
    exact = referral.date_of_birth_precision == DatePrecision.EXACT
    return {
        "surname": referral.surname,
        "forenames": referral.forenames,
        "aliases": ";".join(alias.name for alias in referral.aliases.all()),
        "dob": "" if born is None else born.isoformat() if exact else str(born.year),
        "sex": "" if referral.sex == Sex.NOT_KNOWN else referral.sex,
        "nationality": known[0].code if known else "",
        "pnc_id": referral.pnc_id,
        "cro": referral.cro_number,
        "ho_ref": referral.home_office_reference,
    }


def digest_of(details: dict[str, str]) -> str:
    """Differs when a search would compare something else, or with another model."""
    return hashlib.sha256(json.dumps([CURRENT, details], sort_keys=True).encode()).hexdigest()


def close_to(referral: Referral) -> list[int]:
    """The ids of at most MOST sent referrals that share an identifier, a date of birth or most of a name.

    Of every force: for the Home Office only.
    """
    with connection.cursor() as ask:
        ask.execute(CLOSE, asked_of(referral))
        return [pk for (pk,) in ask.fetchall()]


def number_sent() -> int:
    """Among how many referrals one is looked for: exact up to EXACTLY, beyond it as the planner last estimated.

    It only says how rare a second referral is, so one in a hundred more or fewer moves no pair.
    """
    with connection.cursor() as ask:
        ask.execute(NUMBER_SENT, {"exactly": EXACTLY})
        (number,) = ask.fetchone()
    return int(number)


def asked_of(referral: Referral) -> dict[str, Any]:
    """What the search is told of a referral."""
    names = [f"{referral.surname} {referral.forenames}", *(each.name for each in referral.aliases.all())]
    return {
        "me": referral.pk,
        "names": [name.strip().upper() for name in names if name.strip()],
        "born": referral.date_of_birth,
        "pnc_id": referral.pnc_id,
        "cro": referral.cro_number,
        "ho_ref": referral.home_office_reference,
        "each": MOST // 2,
        "most": MOST,
    }


# The index holds every sent referral and nothing else; its size is written down by ANALYZE.
NUMBER_SENT = """
    WITH few AS (SELECT count(*) AS number FROM (
        SELECT FROM referrals_referral WHERE submitted_at IS NOT NULL LIMIT %(exactly)s) AS bounded)
    SELECT CASE WHEN number < %(exactly)s THEN number ELSE greatest(number, (
        SELECT reltuples::bigint FROM pg_class WHERE oid = 'duplicates_by_birth'::regclass)) END FROM few
"""

# As the indexes of migration 0002 have them, or they are not used.
NAME = "upper(surname || ' ' || forenames)"
REFERENCE = "upper(regexp_replace(home_office_reference, '[^A-Za-z0-9/]', '', 'g'))"

CLOSE = f"""
    WITH asked AS (SELECT unnest(%(names)s::text[]) AS name), sent AS NOT MATERIALIZED (
        SELECT id, date_of_birth, pnc_id, cro_number, surname, forenames, home_office_reference
        FROM referrals_referral WHERE submitted_at IS NOT NULL AND id <> %(me)s
    ), found AS (
        SELECT id, 2.0 AS closeness FROM sent WHERE %(pnc_id)s <> '' AND pnc_id = %(pnc_id)s
        UNION ALL
        SELECT id, 2.0 FROM sent WHERE %(cro)s <> '' AND cro_number = %(cro)s
        UNION ALL
        SELECT id, 2.0 FROM sent WHERE %(ho_ref)s <> '' AND home_office_reference <> ''
        AND {REFERENCE} = {REFERENCE.replace("home_office_reference", "%(ho_ref)s")}
        UNION ALL
        SELECT born.* FROM (
            SELECT id, 1.0 + (SELECT coalesce(max(similarity({NAME}, asked.name)), 0) FROM asked) AS closeness
            FROM sent WHERE date_of_birth = %(born)s ORDER BY closeness DESC, id LIMIT %(each)s) born
        UNION ALL
        SELECT named.* FROM asked, LATERAL (
            SELECT id, similarity({NAME}, asked.name) AS closeness FROM sent
            WHERE {NAME} %% asked.name ORDER BY closeness DESC, id LIMIT %(each)s) named
        UNION ALL
        SELECT other.* FROM asked, LATERAL (
            SELECT sent.id, similarity(upper(alias.name), asked.name) AS closeness
            FROM referrals_alias alias JOIN sent ON sent.id = alias.referral_id
            WHERE alias.removed_at IS NULL AND upper(alias.name) %% asked.name ORDER BY closeness DESC, sent.id LIMIT %(each)s) other
    )
    SELECT id FROM found GROUP BY id ORDER BY max(closeness) DESC, id LIMIT %(most)s
"""
