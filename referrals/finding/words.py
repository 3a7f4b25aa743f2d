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
REFERENCE = re.compile(r"(?:NHH)?(\d{4})(\d{6,})")  # squeezed
PART_OF_A_REFERENCE = re.compile(r"(?:NHH|HH|H)?\d+")


@dataclass(frozen=True)
class Words:
    """`names` are the words of a name, `numbers` a number in each spelling it may be kept in, squeezed; `reference` is a
    whole one, as it is written on a referral, and `part_of_reference` what may stand within one."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    reference: str
    part_of_reference: str
    born: date | None


def understood(typed: str, *, this_year: int) -> Words:
    """Never raises: what is no date or number is words of a name."""
    born = birth(typed)
    squeezed = squeeze(typed)
    digits = sum(map(str.isdigit, squeezed))
    has_digit = digits > 0
    words = BETWEEN.split(typed.strip())
    # What is more digits than letters, of whatever script, is a number, and its parts are looked for in no name.
    is_number = born or digits * 2 > sum(map(str.isalnum, typed))
    names = [] if is_number else [word for word in words if any(map(str.isalnum, word))]
    return Words(
        tuple(names[:MOST_WORDS]),
        tuple(dict.fromkeys([squeezed, *canonical(typed, this_year=this_year)])) if has_digit else (),
        whole_reference(squeezed),
        squeezed if is_part_of_reference(squeezed) else "",
        born,
    )


def whole_reference(squeezed: str) -> str:
    """NHH-2026-000123 of NHH2026000123 or 2026000123; empty where it is none."""
    match = REFERENCE.fullmatch(squeezed)
    return f"NHH-{match[1]}-{match[2]}" if match else ""


def is_part_of_reference(squeezed: str) -> bool:
    """Whether it may stand within a reference and is none: a whole one is found by itself."""
    fits = len(squeezed) >= FEWEST_OF_A_REFERENCE and PART_OF_A_REFERENCE.fullmatch(squeezed)
    return bool(fits) and not whole_reference(squeezed)


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
