"""A list as a workbook (XLSX). Read part by part as it stands in the package; nothing is believed of its sizes."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]

from nexus.confined.faults import Fault
from nexus.confined.rows import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Cell,
    Found,
    Headings,
    Row,
    Rows,
    is_heading,
    with_something,
)

MOST_PARTS = 1_000
EXPANDED = 100_000_000  # bytes once unpacked
MOST_TEXTS = 2_000_000  # that cells share
PIECE = 65_536  # bytes read at once
MOST_STYLES = 100_000
LOOKED_AT = 20  # rows of each sheet, for its headings
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, etree.XMLSyntaxError,
          ValueError, KeyError, IndexError, TypeError, expat.ExpatError)  # fmt: skip
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # formats every Excel has
YEARS = (1900, 2100)  # a number between these in a date's cell is a year that somebody typed
FIRST_SURE = 61  # Excel's 29 February 1900 is day 60: programs differ about the days before
# Day 0 of a workbook, and of one that an old Macintosh made.
BEGINNING, OTHER_BEGINNING = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")


def read(path: Path, headings: Headings, sheet: str = "") -> Found:
    """The rows of the one visible sheet with the headings, or of the visible sheet that was chosen.

    Raises Fault where no sheet has the headings, or more than one.
    """
    try:
        package = zipfile.ZipFile(path)
        _check(package)
        return Book(package).found(headings, sheet)
    except BROKEN as error:
        raise Fault("damaged") from error


def _check(package: zipfile.ZipFile) -> None:
    """Refuse locks, bombs, macros and entity tricks from the directory and each part's first bytes."""
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Fault("password")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > EXPANDED:
        raise Fault("large", most=EXPANDED // 1_000_000)
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Fault("macros")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as opened:
                start = opened.read(4096).replace(b"\0", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise Fault("entities")


def _elements(opened: IO[bytes], *names: str) -> Iterator[Any]:
    """Each finished element of these names; what was given before is forgotten."""
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(opened, events=("end",), tag=tags, resolve_entities=False, no_network=True,
                                      load_dtd=False, huge_tree=False):  # fmt: skip
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _count(opened: IO[bytes], mark: bytes) -> int:
    """How often a mark stands in a part; one that the pieces cut in two is missed."""
    return sum(piece.count(mark) for piece in iter(lambda: opened.read(1_000_000), b""))


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _is_on(attributes: Any, name: str) -> bool:
    return attributes.get(name) in ("1", "true")


class Book:
    """An open workbook."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = set(package.namelist())
        self.texts = list(self._texts())
        self.dates = list(self._styles())
        self.first_day = BEGINNING
        self.sheets = list(self._sheets())

    def found(self, headings: Headings, sheet: str) -> Found:
        visible = [(name, part) for name, part, hidden in self.sheets if not hidden]
        hidden = [name for name, _, is_hidden in self.sheets if is_hidden]
        filled, headed = visible, visible
        if len(visible) > 1:
            tops = {part: list(islice(with_something(self.rows(part, {})), LOOKED_AT)) for _, part in visible}
            filled = [(name, part) for name, part in visible if tops[part]]
            headed = with_headings(filled, tops, headings)
        chosen = [(name, part) for name, part in filled if name == sheet][:1] or headed or filled
        if not chosen:
            raise Fault("hidden" if hidden else "empty", sheets=hidden)
        if len(chosen) > 1:
            raise Fault("sheets" if headed else "headings", sheets=[name for name, _ in chosen])
        ((name, part),) = chosen
        about: dict[str, Any] = {
            "sheet": name,
            "hidden_sheets": hidden,
            "other_sheets": [other for other, _ in filled if other != name],
            "hidden_rows": 0, "hidden_columns": 0, "filtered": False,
        }  # fmt: skip
        return Found(self.rows(part, about), about)

    def _open(self, part: str) -> IO[bytes]:
        return self.package.open(part)

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Name, part and whether it is hidden, in the workbook's order."""
        with self._open("xl/_rels/workbook.xml.rels") as opened:
            targets = {each.get("Id"): each.get("Target", "") for each in _elements(opened, "Relationship")}
        with self._open("xl/workbook.xml") as opened:
            for each in _elements(opened, "sheet", "workbookPr"):
                if _name(each) == "workbookPr":
                    if _is_on(each, "date1904"):
                        self.first_day = OTHER_BEGINNING
                    continue
                relation = next((value for key, value in each.attrib.items() if key.endswith("}id")), "")
                part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
                if part in self.names:
                    yield each.get("name", ""), part, each.get("state", "visible") != "visible"

    def _texts(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" not in self.names:
            return
        with self._open("xl/sharedStrings.xml") as opened:
            if _count(opened, b"<si") > MOST_TEXTS:  # quicker than finding out
                raise Fault("texts", most=MOST_TEXTS)
        with self._open("xl/sharedStrings.xml") as opened:
            for number, text in enumerate(TextsReader().read(opened)):
                if number == MOST_TEXTS:
                    raise Fault("texts", most=MOST_TEXTS)
                yield text

    def _styles(self) -> Iterator[bool]:
        """Of each style, whether it shows a number as a date."""
        if "xl/styles.xml" not in self.names:
            return
        with self._open("xl/styles.xml") as opened:
            root = etree.parse(opened, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        formats = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
        for each in islice(root.iterfind("{*}cellXfs/{*}xf"), MOST_STYLES):
            number = each.get("numFmtId", "0")
            yield int(number) in DATES or _shows_date(formats.get(number, ""))

    def rows(self, part: str, about: dict[str, Any]) -> Rows:
        """Each row with what is in it; counts in `about` what the sheet hides."""
        with self._open(part) as opened:
            yield from SheetReader(self, about).rows(opened)

    def value(self, cell: dict[str, str], text: str) -> Cell:
        """What a cell with these attributes and this text holds."""
        kind = cell.get("t", "n")
        if not text or kind in ("inlineStr", "str", "e", "d"):
            return text
        if kind == "s":
            return self.texts[int(text)]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        style = int(cell.get("s") or 0)
        if style < len(self.dates) and self.dates[style]:
            return self._date(float(text))
        return _number(text)

    def _date(self, serial: float) -> Cell:
        is_year = serial.is_integer() and YEARS[0] <= serial <= YEARS[1]
        old = self.first_day == BEGINNING and serial < FIRST_SURE
        if is_year or old:
            return {"serial": serial}
        moment = self.first_day + timedelta(seconds=round(serial * 86_400))
        return moment.replace(tzinfo=None).isoformat(sep=" ").removesuffix(" 00:00:00")


def with_headings(
    sheets: list[tuple[str, str]], tops: dict[str, list[Row]], headings: Headings
) -> list[tuple[str, str]]:
    """The sheets whose first rows have our headings; where none has, those with the names that others give them."""
    for names in (headings.known, headings.every):
        found = [(name, part) for name, part in sheets if any(is_heading(row, names) for row in tops[part])]
        if found:
            return found
    return []


class Reader:
    """Reads a part as it comes, without keeping it: each name of ours has a method `begin_…` or `end_…`.

    The words between are in `words`, up to LONGEST_CELL, while `is_kept`.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.buffer_text = True
        self.begins, self.ends = self._methods("begin_"), self._methods("end_")
        self.words, self.is_kept, self.is_spoken = "", False, False
        self.done: list[Any] = []

    def _methods(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix): getattr(self, name) for name in dir(self) if name.startswith(prefix)
        }

    def read(self, opened: IO[bytes]) -> Iterator[Any]:
        """What the methods put in `done`, as it comes."""
        while piece := opened.read(PIECE):
            self.parser.Parse(piece, False)
            yield from self.done
            self.done.clear()
        self.parser.Parse(b"", True)
        yield from self.done

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        method = self.begins.get(name.rpartition(":")[2])
        if method:
            method(attributes)

    def _end(self, name: str) -> None:
        method = self.ends.get(name.rpartition(":")[2])
        if method:
            method()

    def _say(self, words: str) -> None:
        if self.is_kept and not self.is_spoken and len(self.words) < LONGEST_CELL:
            self.words += words[:LONGEST_CELL]

    def _refuse(self, *declared: object) -> None:
        raise Fault("entities")

    # How a word is pronounced stands beside it, and is no part of it.
    def begin_rPh(self, attributes: dict[str, str]) -> None:
        self.is_spoken = True

    def end_rPh(self) -> None:
        self.is_spoken = False

    def begin_t(self, attributes: dict[str, str]) -> None:
        self.is_kept = True

    def end_t(self) -> None:
        self.is_kept = False


class TextsReader(Reader):
    """The texts that cells share."""

    def begin_si(self, attributes: dict[str, str]) -> None:
        self.words = ""

    def end_si(self) -> None:
        self.done.append(self.words.strip())


class SheetReader(Reader):
    """The rows of a sheet."""

    def __init__(self, book: "Book", about: dict[str, Any]) -> None:
        super().__init__()
        self.book, self.about = book, about
        self.line, self.is_hidden, self.is_wide = 0, False, False
        self.cells: list[Cell] = []
        self.cell: dict[str, str] = {}
        self.column, self.formula, self.formula_words = -1, False, ""

    def rows(self, opened: IO[bytes]) -> Rows:
        return self.read(opened)

    def begin_col(self, attributes: dict[str, str]) -> None:
        self.about["hidden_columns"] = self.about.get("hidden_columns", 0) + _is_on(attributes, "hidden")

    def begin_filterColumn(self, attributes: dict[str, str]) -> None:
        self.about["filtered"] = True

    def begin_row(self, attributes: dict[str, str]) -> None:
        self.line = int(attributes.get("r") or self.line + 1)
        self.is_hidden = _is_on(attributes, "hidden")
        self.cells, self.column, self.is_wide = [], -1, False

    def end_row(self) -> None:
        if self.is_hidden and any(self.cells):
            self.about["hidden_rows"] = self.about.get("hidden_rows", 0) + 1
        if self.cells or self.is_wide:
            self.done.append(Row(self.line, self.cells, self.is_wide))

    def begin_c(self, attributes: dict[str, str]) -> None:
        self.column = _column(attributes.get("r"), self.column + 1)
        self.cell, self.words, self.formula, self.formula_words = attributes, "", False, ""

    def begin_f(self, attributes: dict[str, str]) -> None:
        self.formula, self.is_kept = True, True

    def end_f(self) -> None:
        self.is_kept = False
        self.formula_words, self.words = self.words, ""

    def begin_v(self, attributes: dict[str, str]) -> None:
        self.is_kept = True

    def end_v(self) -> None:
        self.is_kept = False

    def end_c(self) -> None:
        value = f"={self.formula_words}" if self.formula else self.book.value(self.cell, self.words.strip())
        if not value:
            return
        if self.column >= MOST_COLUMNS:
            self.is_wide = True
            return
        self.cells += [""] * (self.column + 1 - len(self.cells))
        self.cells[self.column] = value


def _number(text: str) -> str:
    """A whole number without the decimals a program wrote behind it."""
    if re.fullmatch(r"-?\d+", text):
        return text
    number = float(text)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _column(reference: str | None, following: int) -> int:
    """The column from 0 on that the cell's reference names; the next one where it names none."""
    match = REFERENCE.fullmatch(reference or "")
    if not match:
        return following
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return column - 1


def _shows_date(code: str) -> bool:
    """Whether a format's code has days, months or years outside quoted words and brackets."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.lower())
    return any(letter in bare for letter in "dy") or ("m" in bare and "h" not in bare and "s" not in bare)
