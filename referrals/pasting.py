"""Rows of a spreadsheet, or lines of a PNC print, as proposed events. What is not plain is left blank and said."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass

from nexus.ui import dates
from referrals.rules.terms import SentenceType

MOST_ROWS = 50
DATE = re.compile(r"^\d{1,4}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -]\d{2,4}$")
COURT = re.compile(r"\b(court|magistrates|mags|crown|assizes|MC|CC|JC)\b", re.IGNORECASE)
CUSTODY = re.compile(r"\b(imprison\w*|custod\w*|prison|detention|YOI|DTO|life)\b", re.IGNORECASE)
SUSPENDED = re.compile(r"\bsusp\w*", re.IGNORECASE)
IN_THE_COMMUNITY = re.compile(
    r"\b(fined?|community|discharged?|compensation|costs|disqualif\w*|curfew|unpaid|bound|supervision|penalty|"
    r"rehabilitation|surcharge|endorsed|points)\b",
    re.IGNORECASE,
)
LENGTH = re.compile(r"(\d{1,3})\s*(years?|yrs?|months?|mths?|weeks?|wks?|days?)\b", re.IGNORECASE)
HEADINGS = frozenset({"date", "court", "offence", "disposal", "sentence", "result", "outcome"})


@dataclass(frozen=True)
class Proposed:
    """One line as it was pasted, what is made of it, and what in it is doubtful, each a sentence."""

    source: str
    values: dict[str, str | int]
    doubts: tuple[str, ...]

    @property
    def words(self) -> str:
        """The line without what kept its pieces apart."""
        return " ".join(self.source.split())


def proposed_from(text: str) -> list[Proposed]:
    """Every line that holds something, without a line of headings."""
    rows = [(line.strip(), cells_of(line)) for line in text.split("\n") if line.strip()]
    return [proposal(line, cells) for line, cells in rows if not is_heading(cells)]


def cells_of(line: str) -> list[str]:
    """The pieces of one line: of a spreadsheet by tabs, of a print by wide gaps or bars, else by commas."""
    for splits in (r"\t", r"\s*\|\s*", r"\s{2,}"):
        found = [cell.strip() for cell in re.split(splits, line.strip())]
        if len(found) > 1:
            return [cell for cell in found if cell]
    return [cell.strip() for cell in next(csv.reader([line])) if cell.strip()]


def is_heading(cells: list[str]) -> bool:
    """Whether the line only says what the columns are."""
    return bool(cells) and all(
        set(re.findall(r"[a-z]+", cell.lower())) & HEADINGS and len(cell) < 25 for cell in cells
    )


def proposal(line: str, cells: list[str]) -> Proposed:
    """What a line says: its date, court, disposal, and what is left as the offence."""
    values: dict[str, str | int] = {}
    doubts: list[str] = []
    days, rest = split(cells, lambda cell: bool(DATE.match(cell)))
    courts, rest = split(rest, lambda cell: bool(COURT.search(cell)))
    disposals, rest = split(rest, is_disposal)
    read_day(days, values, doubts)
    if len(courts) == 1:
        values["court"] = courts[0][:120]
    elif courts:
        doubts.append(f"Which is the court: {either(courts)}?")
    read_disposal(disposals, values, doubts)
    if len(rest) == 1:
        values["offence"] = rest[0][:200]
    else:
        doubts.append(
            f"Which is the offence: {either(rest)}?" if rest else "No offence was found in the row."
        )
    return Proposed(line, values, tuple(doubts))


def split(cells: list[str], belongs: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Those that belong, and the rest."""
    return [cell for cell in cells if belongs(cell)], [cell for cell in cells if not belongs(cell)]


def either(cells: list[str]) -> str:
    return " or ".join(f"“{cell}”" for cell in cells)


def is_disposal(cell: str) -> bool:
    """Whether a piece tells what the court did."""
    return bool(
        IN_THE_COMMUNITY.search(cell)
        or SUSPENDED.search(cell)
        or CUSTODY.search(cell)
        and LENGTH.search(cell)
    )


def read_day(days: list[str], values: dict[str, str | int], doubts: list[str]) -> None:
    """The one date of the row, where it is certain. The day stands first, as in British records."""
    if len(days) != 1:
        doubts.append(f"Which is the date: {either(days)}?" if days else "No date was found in the row.")
        return
    try:
        day = dates.read(*dates.parts_of(days[0]))
    except dates.DateProblem as problem:
        doubts.append(f"The date “{days[0]}” {problem.words}. Enter it.")
    else:
        values["convicted_on"] = f"{day.day}/{day.month}/{day.year}"


def read_disposal(disposals: list[str], values: dict[str, str | int], doubts: list[str]) -> None:
    """The kind of sentence and its length in months, where the words say so."""
    words = "; ".join(disposals)
    lengths = LENGTH.findall(words)
    if not words:
        doubts.append("No disposal was found in the row. Select the sentence, if there was one.")
    elif not CUSTODY.search(words) and not SUSPENDED.search(words):
        values["sentence_type"] = SentenceType.NON_CUSTODIAL.value
    else:
        suspended = SUSPENDED.search(words)
        values["sentence_type"] = (SentenceType.SUSPENDED if suspended else SentenceType.CUSTODIAL).value
        months = months_of(*lengths[0]) if len(lengths) == 1 else 0
        if months:
            values["sentence_months"] = months
        else:
            doubts.append(f"The length in “{words}” is not plain. Enter the months.")


def months_of(number: str, unit: str) -> int:
    """Months; 0 for weeks and days, which are no whole months."""
    return int(number) * {"y": 12, "m": 1}.get(unit[0].lower(), 0)
