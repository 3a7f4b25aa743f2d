"""Files about data-washes: the template a force fills in, and a report as XLSX or CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.text import slugify

from nexus.documents.exports import BOM, CSV, HANDLING, MARKING, XLSX, marked, safe_cell
from nexus.ui import formatting
from referrals.datawash.linkage.files import EARLIEST_YEAR, LARGEST, MOST_ROWS, OPTIONAL, REQUIRED
from referrals.datawash.linkage.headings import FAULT
from referrals.datawash.models import Wash, WashRemark, WashRow
from referrals.datawash.queries import told_of

CAVEAT = (
    "This is not a decision. A person who was not found may have leave or none. Do not act on a status from this "
    "report without checking it on the day; it is as old as the register."
)
# Column of a list, what to write into it.
INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    ("force_row_ref", "Your own reference of the row, different in every row. It is how the report names the row."),
    ("surname", "Family name, in the spelling you hold."),
    ("forenames", "Given names, all of them, in order."),
    ("dob", "Date of birth as 1985-07-31 or 31/07/1985. Where only the year is known, the year: 1985."),
    ("sex", "Male or female."),
    ("nationality", "As claimed or recorded: a country, or its three-letter code."),
    ("pnc_id", "PNC ID, for example 1999/0123456X. One that fails its check letter is left out, and the report says so."),
    ("cro", "CRO number, for example 123456/99L."),
    ("ho_ref", "Home Office reference."),
    ("aliases", "Other names, separated by semicolons."),
    ("place_of_birth", "Town and country."),
    ("postcode", "Of the last known address."),
)  # fmt: skip
RULES = (
    "Keep the column names of the first line as they are. Optional columns may be left out.",
    f"At most {MOST_ROWS:,} rows and {LARGEST // 1_000_000} MB a file; no formulas and no macros.",
    f"Dates of birth lie between {EARLIEST_YEAR} and today.",
    "A row with a fault is rejected alone, with its line and the reason. The other rows are washed.",
    "Write nothing about the case into the list: only who the person is.",
)

# Head, what of the row, width in an XLSX.
COLUMNS: tuple[tuple[str, Callable[[WashRow], str], int], ...] = (
    ("Your reference", lambda row: row.force_row_ref, 20),
    ("Family name", lambda row: row.surname, 20),
    ("Given names", lambda row: row.forenames, 24),
    ("Date of birth", lambda row: row.dob, 12),
    ("Grade", lambda row: told_of(row).grade, 12),
    ("Pot", lambda row: told_of(row).pot(row.pot), 14),
    ("What this means", lambda row: told_of(row).words, 60),
)


@dataclass(frozen=True)
class Kind:
    """One kind of file: what the browser is told, and what makes a report and a template of it."""

    name: str
    content_type: str
    report: Callable[[Wash, Iterable[WashRow]], bytes]
    template: Callable[[], bytes]
    rejected: Callable[[Wash, Iterable[WashRemark]], bytes]


def heads_of(wash: Wash) -> Iterator[tuple[str, str]]:
    """What stands above the rows."""
    yield MARKING, HANDLING
    yield "Force", wash.agreement.force.name
    yield "List", wash.file_name
    yield "Purpose", wash.purpose
    yield "Washed", formatting.date_and_time(wash.washed_at)
    yield "Register as at", formatting.date_and_time(wash.register_as_at)
    if wash.state == "stale":
        yield "Out of date", "Wash the list again before you rely on it."
    yield "Caveat", CAVEAT


def report_as_csv(wash: Wash, rows: Iterable[WashRow]) -> bytes:
    """The heads, then one line a row; every cell quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerows([safe_cell(cell) for cell in head] for head in heads_of(wash))
    writer.writerow([])
    writer.writerow([head for head, _, _ in COLUMNS])
    writer.writerows([safe_cell(str(value(row))) for _, value, _ in COLUMNS] for row in rows)
    return (BOM + written.getvalue()).encode()


def report_as_xlsx(wash: Wash, rows: Iterable[WashRow]) -> bytes:
    """One sheet, written line by line so that a long report fits into memory. No cell is ever a formula."""
    written = io.BytesIO()
    with workbook(written, f"{wash.agreement.force}: data-wash report") as book:
        bold = book.add_format({"bold": True, "valign": "top"})
        sheet = marked(book.add_worksheet("Report"))
        for column, (_, _, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        line = write(sheet, 0, heads_of(wash), bold)
        line = write(sheet, line + 1, [[head for head, _, _ in COLUMNS]], bold)
        sheet.freeze_panes(line, 1)
        write(sheet, line, ([str(value(row)) for _, value, _ in COLUMNS] for row in rows))
    return written.getvalue()


def rejected_lines(wash: Wash, remarks: Iterable[WashRemark]) -> Iterator[list[str]]:
    """The rejected rows as they were written, with what is wrong: mended, it can be uploaded as it is."""
    yield [MARKING, HANDLING]
    yield [f"Rejected rows of {wash.file_name}. Mend them and upload this file."]
    yield []
    yield [*REQUIRED, *OPTIONAL, FAULT]
    for remark in remarks:
        cells = [remark.cells.get(name, "") for name in (*REQUIRED, *OPTIONAL)]
        yield [*cells, f"Line {remark.line}: {remark.text}"]


def rejected_as_csv(wash: Wash, remarks: Iterable[WashRemark]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerows([safe_cell(cell) for cell in line] for line in rejected_lines(wash, remarks))
    return (BOM + written.getvalue()).encode()


def rejected_as_xlsx(wash: Wash, remarks: Iterable[WashRemark]) -> bytes:
    """Its cells are text, so that no date turns into a number while somebody mends it."""
    written = io.BytesIO()
    with workbook(written, "Data-wash list: rejected rows") as book:
        text = book.add_format({"num_format": "@"})
        sheet = marked(book.add_worksheet("List"))
        sheet.set_column(0, len(INSTRUCTIONS) - 1, 18, text)
        sheet.set_column(len(INSTRUCTIONS), len(INSTRUCTIONS), 60, text)
        write(sheet, 0, rejected_lines(wash, remarks), text)
    return written.getvalue()


def template_as_csv() -> bytes:
    """The first line alone: an example row would be washed as a person."""
    return (BOM + ",".join((*REQUIRED, *OPTIONAL)) + "\r\n").encode()


def template_as_xlsx() -> bytes:
    """An empty sheet whose cells are text, so that no date turns into a number, and the instructions."""
    written = io.BytesIO()
    with workbook(written, "Data-wash list") as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = marked(book.add_worksheet("List"))
        sheet.set_column(0, len(INSTRUCTIONS) - 1, 18, text)
        write(sheet, 0, [[*REQUIRED, *OPTIONAL]], bold)
        sheet.freeze_panes(1, 0)
        instructions = marked(book.add_worksheet("Instructions"))
        instructions.set_column(0, 1, 18)
        instructions.set_column(2, 2, 100)
        line = write(instructions, 0, [["Column", "Needed", "What to write"]], bold)
        line = write(instructions, line, ([name, needed(name), words] for name, words in INSTRUCTIONS))
        write(instructions, line + 1, ([rule] for rule in RULES))
    return written.getvalue()


def needed(column: str) -> str:
    return "required" if column in REQUIRED else "optional"


def workbook(written: io.BytesIO, title: str) -> Any:
    """A workbook that goes to disk line by line, and takes no text for a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    book.set_properties({"title": title, "author": "Operation Nexus – High Harm"})
    return book


def write(sheet: Any, line: int, rows: Iterable[Iterable[str]], style: Any = None) -> int:
    """Rows of text from `line` on; the line after them."""
    for row in rows:
        for column, cell in enumerate(row):
            sheet.write_string(line, column, str(safe_cell(cell)), style)
        line += 1
    return line


def name_of(wash: Wash, kind: Kind) -> str:
    """official-sensitive-data-wash-west-midlands-police-2026-11-22-report-7.csv"""
    return named(wash, kind, f"{formatting.iso(wash.washed_at)[:10]} report")


def name_of_rejected(wash: Wash, kind: Kind) -> str:
    """official-sensitive-data-wash-west-midlands-police-rejected-rows-7.csv"""
    return named(wash, kind, "rejected rows")


def named(wash: Wash, kind: Kind, what: str) -> str:
    return f"{slugify(f'{MARKING} data-wash {wash.agreement.force} {what} {wash.pk}')}.{kind.name}"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("xlsx", XLSX, report_as_xlsx, template_as_xlsx, rejected_as_xlsx),
        Kind("csv", CSV, report_as_csv, template_as_csv, rejected_as_csv),
    )
}
