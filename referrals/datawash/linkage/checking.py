"""Checking a list row by row: what is wrong with one rejects it alone, what is doubtful is remarked on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nexus.documents.exports import bare_cell
from nexus.ui.text import BIDI_CONTROLS, INVISIBLE, has_hidden_characters, plain
from referrals.datawash.linkage.dates import (
    MAY_SWAP,
    MONTH_FIRST,
    Born,
    canonical_date,
    reason_against_serial,
)
from referrals.datawash.linkage.headings import KNOWN, OPTIONAL, Heading
from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.nationality_words import nationality_code

LONGEST_CELL = 200
DOUBT = "dob_doubt"  # of an accepted row: why its date of birth is never taken for exact
FORMULA = ("=", "+", "@", "\t")
NAMES = ("surname", "forenames")
# What systems write where there is no name: the cell is taken for empty, and that is said.
NO_NAME = frozenset(("fnu", "lnu", "fnu lnu", "-", "--", ".", "n/a", "null", "none", "xxx", "xx", "?", "unknown", "not known"))  # fmt: skip
ERRORS = frozenset(("#n/a", "#name?", "#ref!", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"))
OUT_OF_SIGHT = BIDI_CONTROLS | INVISIBLE


@dataclass(frozen=True)
class Rejected:
    """`reference` is the row's own, where it has one; `cells` are what stands in its columns, as it was written."""

    line: int
    reason: str
    reference: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """Something to know of an accepted row."""

    line: int
    text: str
    reference: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}: {self.text}"


@dataclass
class Listed:
    """What a file held: `accepted` rows with the columns of REQUIRED and OPTIONAL, and what was wrong.

    `about` is what is to be said of the file as a whole, `headings` are those that are not the template's.
    """

    accepted: list[dict[str, str]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    repeated: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    rows: int = 0


class Checker:
    """Takes the rows of one list in their order."""

    def __init__(self, columns: list[str], today: date) -> None:
        self.columns, self.today = columns, today
        self.listed = Listed()
        self.filled: set[int] = set()  # places of columns without a name in which something stands
        self.nameless = [place for place, name in enumerate(columns) if not name]
        self.first_line: dict[Any, int] = {}
        self.first_ref: dict[str, int] = {}
        self.month_first = 0  # the line that has the month before the day
        self.may_swap: list[dict[str, str]] = []  # rows whose day could be the month

    def take(self, line: int, cells: list[Any], is_wide: bool) -> None:
        """Accept or reject one row."""
        self.listed.rows += 1
        self.filled |= {place for place in self.nameless if place < len(cells) and cells[place]}
        named = {
            name: cell for name, cell in zip(self.columns, cells, strict=False) if name in KNOWN and cell
        }
        row: dict[str, str] = {}
        said: list[str] = []
        reason = self._reason_against_shape(cells, is_wide)
        for name, cell in named.items() if not reason else ():
            try:
                said += self._take_cell(row, name, cell)
            except ValueError as error:
                reason = str(error)
                break
        self.month_first = self.month_first or (line if reason == MONTH_FIRST else 0)
        reference = row.get("force_row_ref", "") or _reference(named)
        reason = reason or self._reason_against(row)
        if reason:
            written = {name: cell for name, cell in named.items() if isinstance(cell, str)}
            self.listed.rejected.append(Rejected(line, reason, reference, written))
            return
        self._accept(line, row, said)

    def _take_cell(self, row: dict[str, str], name: str, cell: Any) -> list[str]:
        """Puts a cell into its row; what is to be said of it. Raises ValueError with why the row is rejected."""
        if name != "dob":
            row[name], said = cleaned(name, cell, today=self.today)
            return said
        born, said = born_of(cell, today=self.today)
        row["dob"], row[DOUBT] = born.text, born.remark
        if born.may_swap:
            self.may_swap.append(row)
        return said + ([born.remark] if born.remark else [])

    def finish(self) -> Listed:
        """The list, once every row was taken: where one line has the month first, others may have it too."""
        doubtful = {id(row) for row in self.may_swap} if self.month_first else set()
        for row in self.listed.accepted:
            if id(row) in doubtful:
                said = MAY_SWAP.format(line=self.month_first)
                row[DOUBT], reference = row[DOUBT] or said, row["force_row_ref"]
                self.listed.remarks.append(Remark(self.first_ref[reference], said, reference))
        return self.listed

    def _reason_against_shape(self, cells: list[Any], is_wide: bool) -> str:
        width = len(self.columns)
        if is_wide or (len(cells) > width and any(cells[width:])):
            return "it has more cells than there are headings."
        return ""

    def _reason_against(self, row: dict[str, str]) -> str:
        missing = [name for name in ("force_row_ref", "dob") if not row.get(name)]
        if missing:
            return f"{', '.join(missing)} is empty."
        if row["force_row_ref"].startswith("-"):
            return "force_row_ref starts like a formula."
        if row["force_row_ref"] in self.first_ref:
            return f"its force_row_ref is already used in line {self.first_ref[row['force_row_ref']]}."
        if not any(row.get(name) for name in NAMES):
            return "surname and forenames are empty. One of them is needed."
        if not any(letter.isalpha() for name in NAMES for letter in row.get(name, "")):
            return "the name has no letter."
        return ""

    def _accept(self, line: int, row: dict[str, str], said: list[str]) -> None:
        reference = row["force_row_ref"]
        self.first_ref[reference] = line
        for name in NAMES:
            row.setdefault(name, "")
        content = tuple(row.get(name, "").casefold() for name in (*NAMES, "dob", *OPTIONAL))
        if content in self.first_line:
            self.listed.repeated.append(
                Remark(line, f"it repeats line {self.first_line[content]}.", reference)
            )
        self.first_line.setdefault(content, line)
        self.listed.remarks += [Remark(line, each, reference) for each in said]
        self.listed.accepted.append(row)


def _reference(named: dict[str, Any]) -> str:
    cell = named.get("force_row_ref", "")
    return plain(cell)[:LONGEST_CELL] if isinstance(cell, str) and not has_hidden_characters(cell) else ""


def cleaned(name: str, cell: Any, *, today: date) -> tuple[str, list[str]]:
    """A cell as it is kept, and what is to be said of that. Raises ValueError with why its row is rejected."""
    text, said = plain_text(name, str(int(cell["serial"])) if isinstance(cell, dict) else cell)
    if text.casefold() in ERRORS:
        return "", [*said, f"{name} holds the spreadsheet error {text} and was left out."]
    if name in NAMES and text.casefold() in NO_NAME:
        return "", [*said, f"{name} “{text}” is no name and was left out."]
    if name == "nationality" and text:
        code = nationality_code(text)
        return code, said if code else [*said, f"nationality “{text}” is not understood and was left out."]
    if name in ("pnc_id", "cro") and text:
        return _identifier(name, text, said, today)
    return text, said


def born_of(cell: Any, *, today: date) -> tuple[Born, list[str]]:
    """A date of birth, and what is to be said of its cell. Raises ValueError with why its row is rejected."""
    if isinstance(cell, dict):
        raise ValueError(reason_against_serial(cell["serial"]))
    text, said = plain_text("dob", cell)
    return canonical_date(text, today=today), said


def plain_text(name: str, cell: str) -> tuple[str, list[str]]:
    """The cell as text that may be kept. Raises ValueError."""
    text, said = readable(name, bare_cell(cell))
    if text.startswith(FORMULA):
        raise ValueError(f"{name} starts like a formula.")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"{name} is longer than {LONGEST_CELL} characters.")
    return text, said


def readable(name: str, cell: str) -> tuple[str, list[str]]:
    """The cell in one spelling, without what nobody can see; a line break parts aliases. Raises ValueError."""
    text, said = plain(cell), []
    if any(letter in OUT_OF_SIGHT for letter in text):
        text = plain("".join(letter for letter in text if letter not in OUT_OF_SIGHT))
        said.append(f"{name} held invisible characters, which were left out.")
    if "\n" in text:
        text = (";" if name == "aliases" else " ").join(
            part.strip() for part in text.split("\n") if part.strip()
        )
        if name != "aliases":
            said.append(f"a line break in {name} was read as a space.")
    if has_hidden_characters(text):
        raise ValueError(f"{name} holds a control character.")
    return text, said


def _identifier(name: str, text: str, said: list[str], today: date) -> tuple[str, list[str]]:
    """An identifier that fails its check letter is left out of the comparison, and that is said."""
    try:
        normal = normal_pnc(text, this_year=today.year) if name == "pnc_id" else normal_cro(text)
    except ValueError:
        return "", [*said, f"{name} is not valid and was left out."]
    return normal, said
