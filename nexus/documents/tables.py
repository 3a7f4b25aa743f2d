"""A table as a file people open in a spreadsheet: XLSX, ODS or CSV. No cell is ever a formula.

ODS is a zip of three short XML files, written here: the one library for it has had no release since 2020.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from django.utils import timezone

from nexus.documents.exports import safe_cell

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "Share only with people who need it for this work."
BOM = "\ufeff"  # without it Excel reads a CSV in the machine's own alphabet
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """What a file holds: `columns` are heads with widths in characters; cells are texts, numbers or dates."""

    title: str
    made: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[object]]

    @property
    def heads(self) -> list[str]:
        return [head for head, _ in self.columns]


def cell(value: object) -> object:
    """As the file gets it: texts made safe, moments as London's wall clock shows them."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return "" if value is None else safe_cell(value)


def as_csv(table: Table) -> bytes:
    """The marking, the title, then the rows; every cell quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    for row in [[MARKING, HANDLING], [table.title], [table.made], [], table.heads, *table.rows]:
        writer.writerow([cell(value) for value in row])
    return (BOM + written.getvalue()).encode()


def csv_in_pieces(table: Table, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """As `as_csv`, a line at a time: `rows` are read as they are written, and come instead of the table's own."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    yield BOM
    for row in chain([[MARKING, HANDLING], [table.title], [table.made], [], table.heads], rows):
        writer.writerow([cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_xlsx(table: Table) -> bytes:
    """One sheet, its heads frozen, the marking on each printed page."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": table.title, "author": "Operation Nexus – High Harm"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        moment = book.add_format({"num_format": "d mmm yyyy hh:mm", "valign": "top", "align": "left"})
        sheet = book.add_worksheet("List")
        for row, words in enumerate((f"{MARKING}. {HANDLING}", table.title, table.made)):
            sheet.write_string(row, 0, str(safe_cell(words)))
        for column, (head, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(4, column, head, bold)
        for number, values in enumerate(table.rows, start=5):
            for column, value in enumerate(map(cell, values)):
                write(sheet, number, column, value, text, moment)
        sheet.freeze_panes(5, 1)
        sheet.set_header(f"&C&B{MARKING}")
        sheet.set_footer(f"&C{MARKING} – page &P of &N")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return written.getvalue()


def write(sheet: Any, row: int, column: int, value: object, text: Any, moment: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, text)
    else:
        sheet.write_string(row, column, str(value), text)


def as_ods(table: Table) -> bytes:
    """One sheet under the OpenDocument format, the marking in its header."""
    heads = [[f"{MARKING}. {HANDLING}"], [table.title], [table.made], [], table.heads]
    rows = "".join(ods_row(row) for row in [*heads, *table.rows])
    content = (
        f'{XML}<office:document-content {NAMESPACES} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="List">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "mimetype", ODS_TYPE, compress_type=zipfile.ZIP_STORED
        )  # first, and readable as it is
        packed.writestr("content.xml", content)
        packed.writestr("styles.xml", STYLES)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return written.getvalue()


def ods_row(values: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(ods_cell(cell(value)) for value in values)}</table:table-row>"


def ods_cell(value: object) -> str:
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float) and not isinstance(value, bool):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    lines = NOT_XML.sub("", str(value)).split("\n")
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return f"<table:table-cell {kind}>{text}</table:table-cell>"


XML = '<?xml version="1.0" encoding="UTF-8"?>'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    f'{XML}<office:document-styles {NAMESPACES} office:version="1.3"><office:automatic-styles>'
    '<style:page-layout style:name="page"/></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="Default" style:page-layout-name="page">'
    f"<style:header><text:p>{MARKING}</text:p></style:header></style:master-page>"
    "</office:master-styles></office:document-styles>"
)
MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@dataclass(frozen=True)
class Kind:
    """One kind of file: what the browser is told, and what makes it."""

    content_type: str
    make: Callable[[Table], bytes]


KINDS: dict[str, Kind] = {
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "ods": Kind(ODS_TYPE, as_ods),
    "csv": Kind("text/csv; charset=utf-8", as_csv),
}
