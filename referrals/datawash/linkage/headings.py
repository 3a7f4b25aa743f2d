"""The columns of a list: which we know, and what an unknown heading may have meant."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from nexus.confined.rows import normal
from nexus.refusals import Refused

REQUIRED = ("force_row_ref", "surname", "forenames", "dob")
OPTIONAL = ("sex", "nationality", "pnc_id", "cro", "ho_ref", "aliases", "place_of_birth", "postcode")
LONGEST = 60  # characters of a heading that a sentence repeats
KNOWN = (*REQUIRED, *OPTIONAL)
# Headings that other systems write, by the column they stand for.
OTHERS = {
    "surname": ("last_name", "lastname", "family_name", "familyname", "name_family"),
    "forenames": ("first_name", "firstname", "first_names", "given_name", "given_names", "forename", "christian_name"),
    "dob": ("date_of_birth", "birth_date", "birthdate", "d_o_b", "born", "birthday"),
    "force_row_ref": ("ref", "reference", "row_ref", "id", "row_id", "custody_ref", "custody_number", "nominal_id"),
    "sex": ("gender",),
    "nationality": ("country", "citizenship", "country_of_nationality", "nationalities"),
    "pnc_id": ("pnc", "pnc_number", "pnc_no", "pncid", "pnc_ref"),
    "cro": ("cro_no", "cro_number", "cro_ref"),
    "ho_ref": ("home_office_reference", "home_office_ref", "ho_reference", "ho_number", "cid_ref", "gcid"),
    "aliases": ("alias", "aka", "also_known_as", "other_names"),
    "place_of_birth": ("pob", "birthplace", "birth_place", "country_of_birth", "town_of_birth"),
    "postcode": ("post_code", "postal_code", "zip", "zip_code"),
}  # fmt: skip
MEANT = {other: name for name, others in OTHERS.items() for other in others}


def columns_of(head: Sequence[Any]) -> list[str]:
    """The headings in the template's writing. Raises Refused where one that is needed is missing, or stands twice."""
    columns = [normal(heading) for heading in head]
    _refuse_missing(columns)
    twice = sorted({name for name in columns if name in KNOWN and columns.count(name) > 1})
    if twice:
        raise Refused([f"The column {', '.join(twice)} appears twice."])
    return columns


def _refuse_missing(columns: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        reason = f"The headings have no column {', '.join(missing)}. Use the template's column names."
        near = [(name, meant(name)) for name in columns if name not in KNOWN]
        raise Refused(
            [reason, *(f"{name}: did you mean {other}?" for name, other in near if other in missing)]
        )


def meant(name: str) -> str:
    """The column that an unknown heading may stand for, or nothing."""
    close = get_close_matches(name, [*KNOWN, *MEANT], n=1, cutoff=0.8)
    return MEANT.get(name) or (MEANT.get(close[0], close[0]) if close else "")


def remarks_on(head: Sequence[Any]) -> list[str]:
    """What is to be said of each heading that is not read."""
    unread = [heading for heading in head if normal(heading) and normal(heading) not in KNOWN]
    return [
        f"The column “{heading[:LONGEST]}” was not read"
        + (f": did you mean {name}?" if (name := meant(normal(heading))) else ".")
        for heading in unread
    ]
