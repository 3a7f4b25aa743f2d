"""An invented register and an invented police list with known answers, the same for the same seed.

Drawn in SQL from hashes of (seed, row, field), so a million persons take seconds and any number of threads
draws the same ones. Households share a name and a postcode, twins a birthday too. `hardness` multiplies how
often a police record differs from the register: 1 is the standard set.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

import pyarrow
from duckdb import DuckDBPyConnection

from referrals.datawash.linkage.kinds import RELATIVE
from referrals.datawash.linkage.own_scripts import OWN_SCRIPTS
from referrals.datawash.linkage.slips import misheard
from referrals.datawash.linkage.traditions import TRADITIONS

STATUSES = (
    "british exempt irish eea_settled eea_pre_settled eea_no_scheme_status indefinite_leave limited_leave "
    "limited_leave limited_leave refugee_or_humanitarian application_pending appeal_pending asylum_pending unknown "
    "overstayer overstayer illegal_entrant refused"
).split()
EEA_STATUSES = "eea_settled eea_settled eea_pre_settled eea_no_scheme_status british".split()

REGISTER_COLUMNS = (
    "person_id", "surname", "forenames", "dob", "sex", "nationality", "postcode", "place_of_birth", "aliases",
    "pnc_id", "cro", "ho_ref", "immigration_status",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One row of a police list, and who it is: `person_id` is empty where the register does not know them."""

    row: dict[str, str]
    person_id: str
    tradition: str
    kind: str


def generate_register(
    connection: DuckDBPyConnection, table: str, persons: int, *, seed: int, first: int = 0
) -> None:
    """Make `table` with `persons` invented people; `tradition` is an extra column for measuring by group."""
    _load_names(connection)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS {_REGISTER}", {"seed": seed, "first": first, "persons": persons}
    )


def generate_list(
    connection: DuckDBPyConnection,
    table: str,
    subjects: int,
    *,
    seed: int,
    hardness: float = 1.0,
    absent: float = 0.15,
) -> list[Subject]:
    """Draw a police list from `table`: `absent` of its subjects are not in there, some of those are relatives."""
    persons = connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    generate_register(
        connection, "strangers", max(1, int(subjects * absent) + 1), seed=seed, first=persons + 10
    )
    known = _rows(
        connection,
        f"SELECT * FROM {table} ORDER BY hash($seed, 'listed', person_id) LIMIT $some",
        seed=seed,
        some=subjects,
    )
    unknown = _rows(connection, "SELECT * FROM strangers")
    connection.execute("DROP TABLE strangers")
    return [_subject(number, person, unknown, seed, hardness, absent) for number, person in enumerate(known)]


def as_table(subjects: list[Subject]) -> pyarrow.Table:
    """The list as the police would send it."""
    return pyarrow.Table.from_pylist([subject.row for subject in subjects])


def _subject(
    number: int,
    person: dict[str, str],
    unknown: list[dict[str, str]],
    seed: int,
    hardness: float,
    absent: float,
) -> Subject:
    rng = Random(f"{seed} subject {number}")
    answer, relative = person["person_id"], False
    if rng.random() < absent:
        stranger = unknown[number % len(unknown)]
        answer = ""
        relative = rng.random() < 0.3
        person = _relative(rng, person, unknown) if relative else stranger
    row, kind = misheard(rng, person, f"R{number + 1:06d}", hardness)
    return Subject(row, answer, person["tradition"], RELATIVE if relative else kind)


def _relative(rng: Random, person: dict[str, str], unknown: list[dict[str, str]]) -> dict[str, str]:
    """A brother, a sister, a twin, or a child with the parent's name behind its own: of one tradition and address."""
    alike = [each for each in unknown if each["tradition"] == person["tradition"]] or unknown
    other = rng.choice(alike)
    child = rng.random() < 0.2
    return {
        **other,
        **{key: person[key] for key in ("surname", "postcode", "nationality", "tradition")},
        "forenames": f"{other['forenames'].split()[0]} {person['forenames'].split()[0]}"
        if child
        else other["forenames"],
        "dob": person["dob"] if rng.random() < 0.15 and not child else other["dob"],
    }


def _rows(connection: DuckDBPyConnection, sql: str, **values: int) -> list[dict[str, str]]:
    table = connection.sql(sql, params=values).to_arrow_table()
    return [{name: value or "" for name, value in row.items()} for row in table.to_pylist()]


def _load_names(connection: DuckDBPyConnection) -> None:
    traditions = [
        {
            "tradition": each.name, "surname_count": len(each.surnames()), "forename_count": len(each.forenames()),
            "nationalities": each.nationalities.split(), "first_january": each.first_january, "eea": each.eea,
        }
        for each in TRADITIONS for _ in range(each.weight)
    ]  # fmt: skip
    for place, row in enumerate(traditions):
        row["place"] = place
    _load(connection, "traditions", traditions)
    for kind in ("surnames", "forenames"):
        names = [
            {"tradition": each.name, "at": at, "text": text}
            for each in TRADITIONS
            for at, text in enumerate(getattr(each, kind)())
        ]
        _load(connection, kind, names)
    own = [
        {"tradition": tradition, "place": place, "surname": surname, "forenames": forenames}
        for tradition, names in OWN_SCRIPTS.items()
        for place, (surname, forenames) in enumerate(names())
    ]
    _load(connection, "own_scripts", own)


def _load(connection: DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    connection.register("loaded", pyarrow.Table.from_pylist(rows))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM loaded")
    connection.unregister("loaded")


def _draw(what: str, whose: str = "number") -> str:
    """SQL: a number from 0 up to 1 for this seed, person and purpose."""
    return f"((hash($seed, '{what}', {whose}) % 1000003) / 1000003.0)"


def _place(count: str, what: str, whose: str = "number", skew: float = 1.0) -> str:
    """SQL: a place below `count`; a higher skew makes the first ones commoner."""
    return f"CAST(floor({count} * pow({_draw(what, whose)}, {skew})) AS BIGINT)"


def _pick(choices: str, what: str, whose: str = "number") -> str:
    """SQL: one of a list."""
    return f"{choices}[1 + {_place(f'len({choices})', what, whose)}]"


_LETTER = "substr('ZABCDEFGHJKLMNPQRTUVWXY', CAST({0} % 23 AS INTEGER) + 1, 1)"
_STATUSES = "[" + ", ".join(f"'{status}'" for status in STATUSES) + "]"
_EEA_STATUSES = "[" + ", ".join(f"'{status}'" for status in EEA_STATUSES) + "]"

_REGISTER = f"""
    WITH people AS (
        SELECT range + $first AS number,
               CASE WHEN {_draw("joins", "range + $first")} < 0.35 AND range > 2
                    THEN range + $first - 1 - CAST(floor(2 * {_draw("whom", "range + $first")}) AS BIGINT)
                    ELSE range + $first END AS home
        FROM range($persons)
    ), placed AS (
        SELECT *, CASE WHEN {_draw("twin")} < 0.02 THEN home ELSE number END AS birth,
               CAST(hash($seed, 'tradition', home) % (SELECT count(*) FROM traditions) AS BIGINT) AS place
        FROM people
    ), drawn AS (
        SELECT *, {_place("surname_count", "surname", "home", 1.8)} AS family_at,
               {_place("forename_count", "forename", skew=1.6)} AS given_at,
               {_place("forename_count", "second")} AS second_at,
               {_place("surname_count", "other surname", skew=1.8)} AS other_at,
               CAST(DATE '1955-01-01' + CAST(floor(19000 * pow({_draw("birth", "birth")}, 0.8)) AS INTEGER) AS DATE)
                   AS born,
               1990 + CAST(floor(26 * {_draw("pnc year")}) AS INTEGER) AS pnc_year,
               CAST(floor(9999998 * {_draw("pnc serial")}) AS BIGINT) + 1 AS pnc_serial,
               1970 + CAST(floor(30 * {_draw("cro year")}) AS INTEGER) AS cro_year,
               CAST(floor(999998 * {_draw("cro serial")}) AS BIGINT) + 1 AS cro_serial
        FROM placed JOIN traditions USING (place)
    ), named AS (
        SELECT drawn.*, family.text AS family, given.text AS given, second.text AS second, other.text AS other_family
        FROM drawn
        JOIN surnames family ON family.tradition = drawn.tradition AND family.at = family_at
        JOIN forenames given ON given.tradition = drawn.tradition AND given.at = given_at
        JOIN forenames second ON second.tradition = drawn.tradition AND second.at = second_at
        JOIN surnames other ON other.tradition = drawn.tradition AND other.at = other_at
    ), own_count AS (SELECT tradition, count(*) AS own FROM own_scripts GROUP BY tradition
    ), written AS (
        SELECT named.*, own_scripts.surname AS own_surname, own_scripts.forenames AS own_forenames FROM named
        LEFT JOIN own_count ON own_count.tradition = named.tradition AND {_draw("own script")} < 0.02
        LEFT JOIN own_scripts ON own_scripts.tradition = own_count.tradition
            AND own_scripts.place = CAST(hash($seed, 'own script', number, 'which') % own AS BIGINT)
    )
    SELECT 'P' || lpad(CAST(number AS VARCHAR), 9, '0') AS person_id,
           CASE WHEN own_surname IS NOT NULL THEN own_surname WHEN {_draw("double")} < 0.05 AND tradition IN ('Portuguese_Spanish', 'English')
                THEN family || '-' || other_family ELSE family END AS surname,
           CASE WHEN own_forenames IS NOT NULL THEN own_forenames WHEN {_draw("has second")} < 0.25 AND second != given THEN given || ' ' || second ELSE given END
               AS forenames,
           strftime(CASE WHEN {_draw("unknown day")} < first_january THEN date_trunc('year', born) ELSE born END,
                    '%Y-%m-%d') AS dob,
           CASE WHEN {_draw("sex")} < 0.72 THEN 'M' ELSE 'F' END AS sex,
           {_pick("nationalities", "nationality", "home")} AS nationality,
           CASE WHEN {_draw("no postcode")} < 0.15 THEN NULL ELSE
               {_pick("['M', 'B', 'L', 'E', 'N', 'LS', 'SE', 'SW', 'CR', 'BS']", "area", "home")}
               || CAST(1 + hash($seed, 'district', home) % 29 AS VARCHAR) || ' '
               || CAST(hash($seed, 'sector', home) % 10 AS VARCHAR)
               || substr('ABDEFGHJLNPQRSTUWXYZ', CAST(1 + hash($seed, 'unit', home) % 20 AS INTEGER), 1)
               || substr('ABDEFGHJLNPQRSTUWXYZ', CAST(1 + hash($seed, 'unit two', home) % 20 AS INTEGER), 1) END
               AS postcode,
           NULL AS place_of_birth,
           CASE WHEN own_surname IS NOT NULL THEN NULL
                WHEN {_draw("alias")} < 0.02 THEN given || ' ' || other_family
                WHEN {_draw("alias")} < 0.04 THEN other_family || ', ' || given
                WHEN {_draw("alias")} < 0.06 THEN second || ' ' || family END AS aliases,
           CASE WHEN {_draw("pnc")} < 0.25 THEN CAST(pnc_year AS VARCHAR) || '/' || lpad(CAST(pnc_serial AS VARCHAR),
               7, '0') || {_LETTER.format("(pnc_year % 100 * 10000000 + pnc_serial)")} END AS pnc_id,
           CASE WHEN {_draw("cro")} < 0.08 THEN lpad(CAST(cro_serial AS VARCHAR), 6, '0') || '/'
               || lpad(CAST(cro_year % 100 AS VARCHAR), 2, '0')
               || {_LETTER.format("(cro_year % 100 * 1000000 + cro_serial)")} END AS cro,
           CASE WHEN {_draw("reference")} < 0.9 THEN chr(CAST(65 + number % 23 AS INTEGER))
               || lpad(CAST(number AS VARCHAR), 7, '0') END AS ho_ref,
           CASE WHEN eea THEN {_pick(_EEA_STATUSES, "status")} ELSE {_pick(_STATUSES, "status")} END
               AS immigration_status,
           tradition
    FROM written ORDER BY number
"""
