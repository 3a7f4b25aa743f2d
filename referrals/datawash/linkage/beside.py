"""A force's row beside a person of the register, field by field, in words. For the eye: the score is Splink's."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

FIELDS = {
    "surname": "Surname", "forenames": "Forenames", "aliases": "Other names", "dob": "Date of birth", "sex": "Sex",
    "nationality": "Nationality", "place_of_birth": "Place of birth", "postcode": "Postcode", "pnc_id": "PNC ID",
    "cro": "CRO number", "ho_ref": "Home Office reference",
}  # fmt: skip
NEARLY = 0.75  # of the letters in the same order


class Mark(StrEnum):
    AGREES = "Agrees"
    CLOSE = "Close"
    DIFFERS = "Differs"
    ONE_SIDE = "One side only"


@dataclass(frozen=True)
class Line:
    """One field: both sides as they are written, how they compare (None: on neither side), and in which way."""

    label: str
    force: str
    register: str
    mark: Mark | None
    words: str = ""


def lines(row: Mapping[str, str], person: Mapping[str, str]) -> list[Line]:
    """Every field that either side gives."""
    compared = [_line(field, row, person) for field in FIELDS]
    return [each for each in compared if each.mark]


def _line(field: str, row: Mapping[str, str], person: Mapping[str, str]) -> Line:
    one, other = row[field], person[field]
    if not one and not other:
        return Line(FIELDS[field], "", "", None)
    if not one or not other:
        who = "the force" if one else "the register"
        return Line(FIELDS[field], one, other, Mark.ONE_SIDE, f"only {who} gives it")
    mark, words = _dates(one, other) if field == "dob" else _texts(one, other)
    if mark is Mark.DIFFERS and field in ("surname", "forenames"):
        mark, words = _other_names(field, row, person)
    return Line(FIELDS[field], one, other, mark, words)


def _other_names(field: str, row: Mapping[str, str], person: Mapping[str, str]) -> tuple[Mark, str]:
    """A name may stand on the other side in the other field, or among the other names."""
    name, swapped = _letters(row[field]), "forenames" if field == "surname" else "surname"
    if name and name in _letters(person[swapped]).split():
        return Mark.CLOSE, f"it is the register’s {FIELDS[swapped].lower().removesuffix('s')}"
    if name and name in _letters(person["aliases"]):
        return Mark.CLOSE, "it is among the register’s other names"
    return Mark.DIFFERS, ""


def _texts(one: str, other: str) -> tuple[Mark, str]:
    left, right = _letters(one), _letters(other)
    if left == right:
        return Mark.AGREES, "" if one.casefold() == other.casefold() else "written differently"
    if sorted(left.split()) == sorted(right.split()):
        return Mark.AGREES, "in another order"
    if set(left.split()) <= set(right.split()) or set(right.split()) <= set(left.split()):
        return Mark.CLOSE, "one side gives more"
    if SequenceMatcher(None, left, right, autojunk=False).ratio() >= NEARLY:
        return Mark.CLOSE, "nearly the same letters"
    return Mark.DIFFERS, ""


def _dates(one: str, other: str) -> tuple[Mark, str]:
    """Both as YYYY-MM-DD, or YYYY where only the year is known."""
    if one == other:
        return Mark.AGREES, "only the year is known" if len(one) == 4 else ""
    if one[:4] == other[:4] and 4 in (len(one), len(other)):
        return Mark.CLOSE, "the year agrees; one side knows no more"
    if one[:4] == other[:4] and (one[5:7], one[8:]) == (other[8:], other[5:7]):
        return Mark.CLOSE, "day and month swapped"
    if one[:4] == other[:4] and "01-01" in (one[5:], other[5:]):
        return Mark.CLOSE, "the year agrees; 1 January often stands for an unknown day"
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return Mark.CLOSE, "one digit differs"
    return Mark.DIFFERS, ""


def _letters(text: str) -> str:
    """Lower-case letters and digits without marks; words with one space between."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", plain.casefold()))
