"""Reads a force's list, CSV or XLSX, into rows of text: `made` gets one JSON line a row, the headings first.

A row is [line, cells, wide]: the line on which it begins, its cells from the first column on, and whether it has
cells beyond MOST_COLUMNS, which are not read. A cell is text, or {"serial": n} where a date's cell holds a number
that is hardly a date. What the file is called or claims of itself is not believed: what is there is read.
"""

import json
from itertools import chain, islice
from pathlib import Path
from typing import Any

from nexus.confined import delimited, workbook
from nexus.confined.faults import Fault
from nexus.confined.program import MADE
from nexus.confined.rows import MOST_COLUMNS, Headings, Row, Rows, is_heading, with_something

MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
MOST_BEFORE = 20  # rows looked through for the headings: title lines come first


def answer(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    """What is to be said of the file as a whole; the rows are in `made`. `given` has the headings and, where one is
    chosen, the sheet."""
    headings = Headings(frozenset(given["known"]), frozenset(given.get("near", ())))
    path = folder / "file"
    with path.open("rb") as opened:
        start = opened.read(8)
    if start[:2] == b"PK":
        found = workbook.read(path, headings, given.get("sheet", ""))
    else:
        found = delimited.read(path, headings)
    skipped, rows = from_headings(found.rows, headings)
    written = write(rows, folder / MADE)
    if not written:
        raise Fault("empty")
    return {**found.about, "skipped": skipped, "rows": written - 1}


def from_headings(rows: Rows, headings: Headings) -> tuple[int, Rows]:
    """How many rows stand before the headings, and the rows from there on; from the first where there are none."""
    rows = with_something(rows)
    first: list[Row] = list(islice(rows, MOST_BEFORE))
    for names in (headings.known, headings.every):
        for at, row in enumerate(first):
            if is_heading(row, names):
                return at, chain(first[at:], rows)
    return 0, chain(first, rows)


def write(rows: Rows, path: Path) -> int:
    """Writes each row and returns how many. Raises Fault beyond the rows and cells of a list."""
    number = cells = 0
    with path.open("w", encoding="utf-8", errors="replace") as out:
        for row in rows:
            cells += sum(1 for cell in row.cells if cell)
            if number > MOST_ROWS:
                raise Fault("rows", most=MOST_ROWS)
            if cells > MOST_CELLS:
                raise Fault("cells", most=MOST_CELLS)
            if number == 0 and row.is_wide:
                raise Fault("columns", most=MOST_COLUMNS)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            number += 1
    return number
