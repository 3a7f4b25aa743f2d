"""What was typed into a search, understood: words of a name, a number, a day of birth."""

import re
from dataclasses import dataclass
from datetime import date

from nexus.ui.dates import DateProblem, read
from referrals.rules.identifiers import normal_cro, normal_pnc

MOST_WORDS = 8  # of a search; more than any name here has, and few enough for one query
BETWEEN = re.compile(r"[\s,;.\-‐‑–/()]+")
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})[\s./,-]+(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FEWEST_OF_A_REFERENCE = 3  # letters and digits: fewer would find half of the referrals


@dataclass(frozen=True)
class Words:
    """`names` are the words of a name, `numbers` a number in each spelling it may be kept in, squeezed."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    part_of_reference: str
    born: date | None


def understood(typed: str, *, this_year: int) -> Words:
    """Never raises: what is no date or number is words of a name."""
    born = birth(typed)
    names = (
        []
        if born
        else [word for word in BETWEEN.split(typed.strip()) if any(letter.isalnum() for letter in word)]
    )
    squeezed = squeeze(typed)
    has_digit = any(character.isdigit() for character in squeezed)
    return Words(
        tuple(names[:MOST_WORDS]),
        tuple(dict.fromkeys([squeezed, *canonical(typed, this_year=this_year)])) if has_digit else (),
        squeezed if has_digit and len(squeezed) >= FEWEST_OF_A_REFERENCE else "",
        born,
    )


def squeeze(typed: str) -> str:
    """Letters and digits alone, in capitals, as `nexus_squeeze` in the database."""
    return re.sub(r"[^A-Za-z0-9]", "", typed).upper()


def canonical(typed: str, *, this_year: int) -> list[str]:
    """The PNC ID or the CRO number that this is a spelling of, squeezed."""
    found = []
    for normal in (lambda: normal_pnc(typed, this_year=this_year), lambda: normal_cro(typed)):
        try:
            found.append(squeeze(normal()))
        except ValueError:
            continue  # not this kind of number: it may be another
    return found


def birth(typed: str) -> date | None:
    """A day in any spelling: 12/9/1974, 12.9.1974, 12 Sep 1974, 1974-09-12. Day before month, as in this country."""
    if match := DAY_FIRST.fullmatch(typed.strip()):
        day, month, year = match.groups()
    elif match := YEAR_FIRST.fullmatch(typed.strip()):
        year, month, day = match.groups()
    else:
        return None
    try:
        return read(day, month, year)
    except DateProblem:
        return None
