"""One normalisation of names, dates and identifiers, in SQL, for the register and for every list.

In: a DuckDB table with the columns of COLUMNS as text. Out: SQL text whose rows have NAMES, DATES and KEYS.
Both sides go through the same words, so what agrees after this agrees for one reason only.
"""

import pyarrow
from duckdb import DuckDBPyConnection

from referrals.datawash.linkage.names import NAMES_IN_ROWS, fold, forms_of, whole
from referrals.rules.identifiers import normal_cro, normal_pnc

COLUMNS = (
    "surname", "forenames", "dob", "sex", "nationality", "postcode", "place_of_birth", "aliases", "pnc_id",
    "cro", "ho_ref",
)  # fmt: skip

DATE_FORMATS = "['%Y-%m-%d', '%d/%m/%Y', '%d.%m.%Y', '%Y%m%d', '%d-%m-%Y', '%Y-%m-%d %H:%M:%S']"


def date_number(text: str) -> str:
    """SQL: a date as the number YYYYMMDD. A year alone becomes its 1 January, which weighs as little."""
    day = f"try_strptime({text}, {DATE_FORMATS})"
    return (
        f"CASE WHEN {text} ~ '^[0-9]{{4}}$' THEN CAST({text} AS INTEGER) * 10000 + 101"
        f" ELSE year({day}) * 10000 + month({day}) * 100 + day({day}) END"
    )


def _squeezed(text: str) -> str:
    return f"nullif(regexp_replace(upper({text}), '[^A-Z0-9/]', '', 'g'), '')"


# What a row of a normalised table holds, besides `number` (the row it came from).
_PERSON = f"""
    SELECT n.number, n.again,
           nullif(array_to_string({whole("tokens")}, ' '), '') AS name,
           nullif(array_to_string({whole("sounds")}, ' '), '') AS sound,
           list_distinct({whole("parts")}) AS parts,
           coalesce(regexp_matches(array_to_string({whole("tokens")}, ' '), '[a-z]'), false) AS in_latin,
           least(s.whole_sound, f.first_sound) || ' ' || greatest(s.whole_sound, f.first_sound) AS pair_sound,
           least(s.compact, f.first_word) || ' ' || greatest(s.compact, f.first_word) AS pair,
           s.compact AS surname, f.compact AS forename, f.first_word AS first_forename,
           s.whole_sound AS surname_sound, f.first_sound AS forename_sound,
           left(s.whole_sound, 1) AS surname_initial, left(f.first_sound, 1) AS forename_initial,
           {date_number("p.dob")} AS dob,
           CASE lower(left(trim(p.sex), 1)) WHEN 'f' THEN 'f' WHEN 'm' THEN 'm' END AS sex,
           CASE WHEN upper(trim(p.nationality)) NOT IN ('', 'XXX') THEN upper(trim(p.nationality)) END AS nationality,
           {_squeezed("p.postcode")} AS postcode,
           ip.normal AS pnc_id, ic.normal AS cro, {_squeezed("p.ho_ref")} AS ho_ref
    FROM named n JOIN {{table}} p ON p.number = n.number
    LEFT JOIN surname_forms s ON s.text = n.surname
    LEFT JOIN forename_forms f ON f.text = n.forenames
    LEFT JOIN identifiers ip ON ip.text = p.pnc_id
    LEFT JOIN identifiers ic ON ic.text = p.cro
"""
# A bit for each part: two names whose masks have none in common have no part in common, which costs next to nothing.
_MASK = (
    "CASE WHEN len(parts) > 0 THEN list_reduce(list_transform(parts, lambda part:"
    " CAST(1 AS BIGINT) << CAST(part % 62 AS BIGINT)), lambda one, other: one | other) ELSE 0 END"
)
_MONTH_DAY = "(dob % 10000)"
# The same for a date and for itself with day and month swapped.
_UNSWAPPED = "(dob // 10000 * 10000 + least(dob // 100 % 100, dob % 100) * 100 + greatest(dob // 100 % 100, dob % 100))"
_ON_1_JANUARY = "dob % 10000 = 101"
_ALONE = "(surname_initial IS NULL OR forename_initial IS NULL)"


def _key(*parts: str) -> str:
    """SQL: one integer for several parts, null where a part is missing."""
    together = " || chr(31) || ".join(f"CAST({part} AS VARCHAR)" for part in parts)
    return f"CASE WHEN {together} IS NOT NULL THEN hash({together}) END"  # hash(NULL) is a number


# Only ever compared for being the same, so a number does: scoring takes a fifth less time than with text.
AS_NUMBERS = (
    "name", "sound", "pair", "pair_sound", "surname_sound", "forename_sound", "surname_initial",
    "forename_initial", "sex", "nationality", "postcode", "pnc_id", "cro",
)  # fmt: skip
# Blocking keys. On 1 January, where every fifth date of some registers lies, both initials must agree.
KEYS = {
    "key_ho_ref": _key("ho_ref"),
    "key_date_forename": f"CASE WHEN {_ON_1_JANUARY} THEN NULL ELSE {_key(_UNSWAPPED, 'forename_initial')} END",
    "key_date_surname": f"CASE WHEN {_ON_1_JANUARY} THEN NULL ELSE {_key(_UNSWAPPED, 'surname_initial')} END",
    "key_date_initials": _key(_UNSWAPPED, "surname_initial", "forename_initial"),
    "key_date_crossed": _key(_UNSWAPPED, "forename_initial", "surname_initial"),
    "key_surname_year": _key("surname_sound", "dob // 10000", "forename_initial"),
    "key_forename_year": _key("forename_sound", "dob // 10000", "surname_initial"),
    "key_surname_day": f"CASE WHEN {_ON_1_JANUARY} THEN NULL ELSE {_key('surname_sound', _MONTH_DAY)} END",
    "key_forename_day": f"CASE WHEN {_ON_1_JANUARY} THEN NULL ELSE {_key('forename_sound', _MONTH_DAY)} END",
    # Who gives one name only is looked for among surnames and forenames.
    "key_date_alone": f"CASE WHEN {_ALONE} THEN {_key(_UNSWAPPED, 'coalesce(surname_initial, forename_initial)')} END",
    "key_alone_day": f"CASE WHEN {_ALONE} AND NOT {_ON_1_JANUARY}"
    f" THEN {_key('coalesce(surname_sound, forename_sound)', _MONTH_DAY)} END",
    # Of longer names: two have `pair_sound`.
    "key_sound": "CASE WHEN len(parts) > 2 THEN sound END",
    # One for each part of the name, wherever it stands.
    "key_date_parts": f"CASE WHEN dob IS NOT NULL THEN list_transform(parts, lambda part: hash(part, {_UNSWAPPED})) END",
}
LISTS = frozenset({"key_date_parts"})  # keys that are several


def normalise(connection: DuckDBPyConnection, table: str, target: str, *, this_year: int) -> None:
    """Make `target` from `table` (the COLUMNS as text, plus `number`): one row a name, forms and keys.

    Raises duckdb.Error when `table` lacks a column.
    """
    connection.execute(NAMES_IN_ROWS.format(table=table))
    fold(connection)
    connection.execute(forms_of("named", "surname", "surname_forms"))
    connection.execute(forms_of("named", "forenames", "forename_forms"))
    _fill_identifiers(connection, table, this_year)
    person = _PERSON.replace("{table}", table)
    numbers = ", ".join(f"{_key(column)} AS {column}" for column in AS_NUMBERS)
    keys = ", ".join(f"{sql} AS {name}" for name, sql in KEYS.items())
    connection.execute(
        f"CREATE OR REPLACE TABLE {target} AS"
        f" WITH person AS ({person})"
        f" SELECT * REPLACE ({numbers}, CAST(dob AS INTEGER) AS dob), CAST(dob AS VARCHAR) AS dob_text,"
        " CAST(dob // 10000 AS USMALLINT) AS born_year, CAST(dob // 100 % 100 AS UTINYINT) AS born_month,"
        " CAST(dob % 100 AS UTINYINT) AS born_day,"
        f" {_MASK} AS parts_mask, {keys} FROM person"
    )
    for used in ("named", "foldings", "surname_forms", "forename_forms", "identifiers"):
        connection.execute(f"DROP TABLE {used}")


def _fill_identifiers(connection: DuckDBPyConnection, table: str, this_year: int) -> None:
    """Every distinct identifier in its canonical form; one that fails its check letter is left out."""
    texts = connection.execute(
        f"SELECT DISTINCT pnc_id, 'pnc' FROM {table} WHERE pnc_id IS NOT NULL"
        f" UNION ALL SELECT DISTINCT cro, 'cro' FROM {table} WHERE cro IS NOT NULL"
    ).fetchall()
    good = {text: number for text, kind in texts if (number := canonical(text, kind, this_year))}
    schema = pyarrow.schema({"text": pyarrow.string(), "normal": pyarrow.string()})
    connection.register(
        "accepted", pyarrow.table({"text": list(good), "normal": list(good.values())}, schema=schema)
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE identifiers AS SELECT * FROM accepted")
    connection.unregister("accepted")


def canonical(text: str, kind: str, this_year: int) -> str | None:
    """The identifier's normal form, or None where the rules do not accept it."""
    try:
        return normal_pnc(text, this_year=this_year) if kind == "pnc" else normal_cro(text)
    except ValueError:
        return None
