"""The columns of a list: which we know, and what an unknown heading may have meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from nexus.confined.rows import normal
from nexus.refusals import Refused

REQUIRED = ("force_row_ref", "surname", "forenames", "dob")
OPTIONAL = ("sex", "nationality", "pnc_id", "cro", "ho_ref", "aliases", "place_of_birth", "postcode")
LONGEST = 60  # characters of a heading that a sentence repeats
MOST_ASKED = 20  # sheets among which somebody may be asked to choose
KNOWN = (*REQUIRED, *OPTIONAL)
FAULT = "fault"  # what was wrong, in a list that was sent back to be mended: not read, and not asked about
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


@dataclass(frozen=True)
class Answers:
    """What the force says of how its list is to be read: the sheet, and which column an unknown heading stands for
    ("" for one that is not read)."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


class Heading(NamedTuple):
    """A heading that is not the template's: as it stands and as it is compared, the column it was read as, and the one
    that it may have meant; "" for none."""

    heading: str
    name: str
    column: str
    meant: str


class Asked(Refused):
    """Which sheet, or which column, is meant is for the force to say; who cannot be asked reads a refusal."""

    def __init__(
        self, reasons: list[str], *, sheets: Sequence[str] = (), headings: Sequence[Heading] = ()
    ) -> None:
        super().__init__(reasons)
        self.sheets, self.headings = list(sheets), list(headings)


def columns_of(head: Sequence[Any], answers: Mapping[str, str] | None = None) -> list[str]:
    """The headings in the template's writing, unknown ones as `answers` say.

    A column that is there under its own name is never read from another heading. Raises Refused where one stands twice,
    or where one that is needed is missing; Asked where another heading may stand for it.
    """
    names = [normal(heading) for heading in head]
    twice = sorted({name for name in names if name in KNOWN and names.count(name) > 1})
    if twice:
        raise Refused([f"The column {', '.join(twice)} appears twice."])
    columns = _answered(names, answers or {})
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise _missing(missing, other_headings(head, columns))
    return columns


def _answered(names: list[str], answers: Mapping[str, str]) -> list[str]:
    """The first heading that stands for a column is read as it."""
    columns, read = list(names), {name for name in names if name in KNOWN}
    for place, name in enumerate(names):
        column = "" if name in KNOWN else answers.get(name, "")
        if column and column not in read:
            columns[place] = column
            read.add(column)
    return columns


def _missing(missing: list[str], others: list[Heading]) -> Refused:
    reasons = [f"The headings have no column {', '.join(missing)}. Use the template's column names."]
    reasons += [f"{each.name}: did you mean {each.meant}?" for each in others if each.meant in missing]
    unread = [each for each in others if not each.column]
    return Asked(reasons, headings=others) if len(unread) >= len(missing) else Refused(reasons)


def meant(name: str) -> str:
    """The column that an unknown heading may stand for, or nothing."""
    close = get_close_matches(name, [*KNOWN, *MEANT], n=1, cutoff=0.8)
    return MEANT.get(name) or (MEANT.get(close[0], close[0]) if close else "")


def other_headings(head: Sequence[Any], columns: Sequence[str]) -> list[Heading]:
    """Every heading that is not the template's, with what became of it."""
    found = []
    for heading, column in zip(head, columns, strict=True):
        name = normal(heading)
        if name and name not in KNOWN and name != FAULT:
            read_as = column if column in KNOWN else ""
            near = meant(name)
            found.append(Heading(heading[:LONGEST], name, read_as, near if near not in columns else ""))
    return found


def remarks_on(headings: Sequence[Heading]) -> list[str]:
    """What is to be said of each heading that is not the template's."""
    return [_remark_on(each) for each in headings]


def _remark_on(each: Heading) -> str:
    if each.column:
        return f"The column “{each.heading}” was read as {each.column}."
    return f"The column “{each.heading}” was not read" + (
        f": did you mean {each.meant}?" if each.meant else "."
    )
