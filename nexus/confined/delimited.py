"""A list as text: commas, semicolons, tabs or bars; UTF-8, UTF-16 with its mark, or the Windows code page."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from nexus.confined.faults import Fault
from nexus.confined.rows import Found, Headings, Rows, cut, known_headings

LONGEST_LINE = 20_000  # characters
SAMPLE = 40  # lines
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAID = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)  # Excel's own first line
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


def read(path: Path, headings: Headings) -> Found:
    """The rows, and how they were read. Raises Fault with the true reason why they cannot be."""
    encoding = encoding_of(path)
    opened = _lines(path, encoding)
    sample = list(islice(opened, SAMPLE))
    said = next((match for line in sample[:3] if line.strip() and (match := SAID.match(line))), None)
    if said:
        sample = ["\n" if SAID.match(line) else line for line in sample]
    separator = said.group(1) if said else separator_of(sample, headings.every)
    about: dict[str, Any] = {"encoding": ENCODINGS[encoding]}
    about["separator"] = SEPARATORS.get(separator, f"“{separator}”")
    return Found(_rows(chain(sample, opened), separator), about)


def encoding_of(path: Path) -> str:
    """The one encoding in which all of it can be read."""
    with path.open("rb") as opened:
        start = opened.read(4)
    if start == OLD_OFFICE:
        raise Fault("password" if "EncryptedPackage".encode("utf-16-le") in path.read_bytes() else "old")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            with path.open(encoding=encoding) as text:
                while piece := text.read(1_000_000):
                    if "\0" in piece:
                        raise Fault("nul")
        except UnicodeDecodeError:
            continue
        return encoding
    raise Fault("encoding")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Line by line, without the marks some programs put before the first."""
    try:
        with path.open(encoding=encoding, newline="") as opened:
            first = True
            while line := opened.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise Fault("line", most=LONGEST_LINE)
                yield line.lstrip("\ufeff") if first else line
                first = False
    except UnicodeError as error:
        raise Fault("encoding") from error


def separator_of(sample: Iterable[str], names: frozenset[str]) -> str:
    """The separator with which a line names most of the headings we know; a comma where none names any."""

    def named(separator: str) -> int:
        try:
            rows = [cut(cells, 0) for cells in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            return 0
        return max((known_headings(row, names) for row in rows), default=0)

    return max(SEPARATORS, key=named)


def _rows(lines: Iterator[str], separator: str) -> Rows:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield cut(cells, begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Fault("csv", line=begins, words=str(error)) from error
