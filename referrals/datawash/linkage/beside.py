"""A force's row beside a person of the register, field by field, in words. For the eye: the score is Splink's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from referrals.rules.values import letters, value_of

FIELDS = {
    "surname": "Surname", "forenames": "Forenames", "aliases": "Other names", "dob": "Date of birth", "sex": "Sex",
    "nationality": "Nationality", "place_of_birth": "Place of birth", "postcode": "Postcode", "pnc_id": "PNC ID",
    "cro": "CRO number", "ho_ref": "Home Office reference",
}  # fmt: skip
TEXTS = frozenset({"surname", "forenames", "aliases", "place_of_birth"})  # nearly alike also counts
NAMES = ("surname", "forenames")
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


def differences(compared: Sequence[Line]) -> str:
    """A sentence of what does not agree, for beside a weight: "Different forenames, different sex."; or nothing."""
    words = [_difference(each) for each in compared if each.mark in (Mark.DIFFERS, Mark.CLOSE)]
    sentence = ", ".join(words)
    return f"{sentence[:1].upper()}{sentence[1:]}." if words else ""


def _difference(line: Line) -> str:
    label = line.label if line.label.isupper() else line.label[0].lower() + line.label[1:]
    return f"different {label}" if line.mark is Mark.DIFFERS else f"{label} close ({line.words})"


def _parts(side: Mapping[str, str]) -> list[str]:
    return sorted(letters(f"{side['surname']} {side['forenames']}").split())


def _line(field: str, row: Mapping[str, str], person: Mapping[str, str]) -> Line:
    one, other = row[field], person[field]
    mark, words = compared(field, one, other)
    if field in NAMES and mark not in (None, Mark.AGREES) and _parts(row) == _parts(person):
        mark, words = Mark.AGREES, "the same names in another order"
    elif field in NAMES and mark is Mark.DIFFERS:
        mark, words = _other_names(field, row, person)
    return Line(FIELDS[field], one, other, mark, words)


def compared(field: str, one: str, other: str) -> tuple[Mark | None, str]:
    """How two records' words for one thing compare, as values and never as strings, and in which way.

    The one place that says so, for the data-wash's review, the search for the same person and the register.
    """
    left, right = value_of(field, one), value_of(field, other)
    if not left and not right:
        return None, ""
    if not left or not right:
        return Mark.ONE_SIDE, f"only {'the force' if left else 'the register'} gives it"
    if field in TEXTS:
        return _texts(one, other)
    if left == right:
        return Mark.AGREES, _in_which_way(field, left, one, other)
    if field == "dob":
        return _dates(left, right)
    if field == "nationality" and set(left.split()) & set(right.split()):
        return Mark.CLOSE, "one of them agrees"
    return Mark.DIFFERS, ""


def _in_which_way(field: str, value: str, one: str, other: str) -> str:
    if field == "dob" and len(value) == 4:
        return "only the year is known"
    return "" if one.strip().casefold() == other.strip().casefold() else "written differently"


def _other_names(field: str, row: Mapping[str, str], person: Mapping[str, str]) -> tuple[Mark, str]:
    """A name may stand on the other side in the other field, or among the other names."""
    name, swapped = letters(row[field]), "forenames" if field == "surname" else "surname"
    if name and name in letters(person[swapped]).split():
        return Mark.CLOSE, f"it is the register’s {FIELDS[swapped].lower().removesuffix('s')}"
    if name and name in letters(person["aliases"]):
        return Mark.CLOSE, "it is among the register’s other names"
    return Mark.DIFFERS, ""


def _texts(one: str, other: str) -> tuple[Mark, str]:
    left, right = letters(one), letters(other)
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
    """Two that differ, both as YYYY-MM-DD, or YYYY where only the year is known."""
    if one[:4] == other[:4] and 4 in (len(one), len(other)):
        return Mark.CLOSE, "the year agrees; one side knows no more"
    if one[:4] == other[:4] and (one[5:7], one[8:]) == (other[8:], other[5:7]):
        return Mark.CLOSE, "day and month swapped"
    if one[:4] == other[:4] and "01-01" in (one[5:], other[5:]):
        return Mark.CLOSE, "the year agrees; 1 January often stands for an unknown day"
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return Mark.CLOSE, "one digit differs"
    return Mark.DIFFERS, ""
