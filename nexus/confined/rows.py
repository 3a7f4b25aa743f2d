"""What a row of a list is, whatever file it came from."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_COLUMNS = 100
LONGEST_CELL = 1_000  # characters kept of one; a row with so long a cell is rejected anyway
ENOUGH = 2  # headings that we know, to take a row for the headings

Cell = str | dict[str, float]


class Row(NamedTuple):
    """The line or row number on which it begins, its cells, and whether it has cells beyond MOST_COLUMNS."""

    line: int
    cells: list[Cell]
    is_wide: bool


Rows = Iterator[Row]


class Headings(NamedTuple):
    """The columns' own names, and the names that others give them: those count where no row has enough of our own."""

    known: frozenset[str]
    near: frozenset[str]

    @property
    def every(self) -> frozenset[str]:
        return self.known | self.near


class Found(NamedTuple):
    """The rows of a file, and what is to be said of it."""

    rows: Rows
    about: dict[str, Any]


def normal(heading: Any) -> str:
    """A heading as the template writes it: lower case, words joined by underscores."""
    return re.sub(r"\W+", "_", heading.strip().lower()).strip("_") if isinstance(heading, str) else ""


def known_headings(row: Row, names: frozenset[str]) -> int:
    return len({normal(cell) for cell in row.cells} & names)


def is_heading(row: Row, names: frozenset[str]) -> bool:
    return known_headings(row, names) >= ENOUGH


def with_something(rows: Rows) -> Rows:
    """Without the rows in which no cell holds anything."""
    return (row for row in rows if row.is_wide or any(row.cells))


def cut(cells: list[str], line: int) -> Row:
    """A row of at most MOST_COLUMNS cells."""
    kept: list[Cell] = [cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
    return Row(line, kept, any(map(str.strip, cells[MOST_COLUMNS:])))
