"""Reading a force's list, CSV or XLSX. A bad row is rejected alone; a hostile file is refused as a whole.

accepted + rejected = rows, always. Memory is bounded by LARGEST, EXPANDED and MOST_ROWS whatever arrives.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nexus.refusals import Refused
from referrals.rules.identifiers import normal_cro, normal_pnc

LARGEST = 20_000_000  # bytes of a file
EXPANDED = 100_000_000  # bytes of a workbook once unpacked
MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_LINE = 20_000  # characters
LONGEST_CELL = 200
EARLIEST_YEAR = 1900
REQUIRED = ("force_row_ref", "surname", "forenames", "dob")
OPTIONAL = ("sex", "nationality", "pnc_id", "cro", "ho_ref", "aliases", "place_of_birth", "postcode")
FORMULA = ("=", "+", "@", "\t")

_DATES = (
    (re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$"), (1, 2, 3)),
    (re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$"), (3, 2, 1)),
)


@dataclass(frozen=True)
class Rejected:
    line: int
    reason: str


@dataclass(frozen=True)
class Remark:
    """Something to know of an accepted row."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.text}"


@dataclass
class Listed:
    """What a file held: `accepted` rows with the columns of REQUIRED and OPTIONAL, and what was wrong."""

    accepted: list[dict[str, str]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    repeated: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    rows: int = 0


def read_list(path: Path, *, today: date) -> Listed:
    """Everything in the file, checked. Raises Refused, with sentences, when it cannot be a list at all."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Refused([f"{path.name} cannot be read: {error.strerror}."]) from error
    if size > LARGEST:
        raise Refused(
            [f"The file is {size // 1_000_000} MB. Send at most {LARGEST // 1_000_000} MB at once."]
        )
    with path.open("rb") as opened:
        start = opened.read(4)
    lines = _workbook_lines(path) if start[:2] == b"PK" else _csv_lines(path, start)
    try:
        return _checked(lines, today)
    finally:
        lines.close()


def _checked(lines: Any, today: date) -> Listed:
    _, head = next(lines, (0, []))
    columns = [re.sub(r"\W+", "_", name.strip().lower()) for name in head]
    _check_head(columns)
    checked = Listed()
    first_line: dict[Any, int] = {}
    first_ref: dict[str, int] = {}
    for line, cells in lines:
        if not any(cells):
            continue
        checked.rows += 1
        if checked.rows > MOST_ROWS:
            raise Refused([f"The list has more than {MOST_ROWS:,} rows. Send it in parts."])
        row = {name: cell for name, cell in zip(columns, cells, strict=False) if name in REQUIRED + OPTIONAL}
        reason = _reason_to_reject(row, cells, len(columns), first_ref, today)
        if reason:
            checked.rejected.append(Rejected(line, reason))
            continue
        first_ref[row["force_row_ref"]] = line
        row["dob"] = canonical_date(row["dob"], today=today)
        content = tuple(row.get(name, "").casefold() for name in (*REQUIRED[1:], *OPTIONAL))
        if content in first_line:
            checked.repeated.append(Remark(line, f"it repeats line {first_line[content]}."))
        first_line.setdefault(content, line)
        checked.remarks += [Remark(line, each) for each in _drop_bad_identifiers(row, today)]
        checked.accepted.append(row)
    return checked


def _check_head(columns: list[str]) -> None:
    if not columns:
        raise Refused(["The file is empty."])
    if len(columns) > MOST_COLUMNS:
        raise Refused([f"The first line has more than {MOST_COLUMNS} columns. Use the template."])
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise Refused(
            [f"The first line has no column {', '.join(missing)}. Use the template's column names."]
        )
    twice = sorted({name for name in columns if name in REQUIRED + OPTIONAL and columns.count(name) > 1})
    if twice:
        raise Refused([f"The column {', '.join(twice)} appears twice."])


def _reason_to_reject(
    row: dict[str, str], cells: list[str], width: int, first_ref: dict[str, int], today: date
) -> str:
    """Why this row cannot be washed, or nothing."""
    if len(cells) > width and any(cells[width:]):
        return "it has more cells than the first line has columns."
    for name, cell in row.items():
        if cell.startswith(FORMULA):
            return f"{name} starts like a formula."
        if len(cell) > LONGEST_CELL:
            return f"{name} is longer than {LONGEST_CELL} characters."
        if any(ord(letter) < 32 for letter in cell):
            return f"{name} holds a control character."
    missing = [name for name in REQUIRED if not row.get(name)]
    if missing:
        return f"{', '.join(missing)} is empty."
    if row["force_row_ref"].startswith("-"):
        return "force_row_ref starts like a formula."
    if row["force_row_ref"] in first_ref:
        return f"its force_row_ref is already used in line {first_ref[row['force_row_ref']]}."
    if not any(letter.isalpha() for letter in row["surname"] + row["forenames"]):
        return "the name has no letter."
    try:
        canonical_date(row["dob"], today=today)
    except ValueError as error:
        return str(error)
    return ""


def canonical_date(text: str, *, today: date) -> str:
    """YYYY-MM-DD, or YYYY where only the year is known. Raises ValueError with a sentence."""
    if re.fullmatch(r"\d{4}", text):
        year = int(text)
        if EARLIEST_YEAR <= year <= today.year:
            return text
        raise ValueError(f"dob must lie between {EARLIEST_YEAR} and today.")
    for form, (year_at, month_at, day_at) in _DATES:
        if match := form.match(text):
            try:
                day = date(*(int(match.group(at)) for at in (year_at, month_at, day_at)))
            except ValueError:
                break
            if not date(EARLIEST_YEAR, 1, 1) <= day <= today:
                raise ValueError(f"dob must lie between {EARLIEST_YEAR} and today.")
            return day.isoformat()
    raise ValueError("dob is not a date such as 1985-07-31, 31/07/1985 or 1985.")


def _drop_bad_identifiers(row: dict[str, str], today: date) -> list[str]:
    """An identifier that fails its check letter is left out of the comparison, and that is said."""
    remarks = []
    for name in ("pnc_id", "cro"):
        if not row.get(name):
            continue
        try:
            row[name] = (
                normal_pnc(row[name], this_year=today.year) if name == "pnc_id" else normal_cro(row[name])
            )
        except ValueError:
            remarks.append(f"{name} is not valid and was left out.")
            row[name] = ""
    return remarks


def _csv_lines(path: Path, start: bytes) -> Generator[tuple[int, list[str]], None, None]:
    if start[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(["This is an old Excel workbook. Save it as .xlsx or as CSV."])
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
        raise Refused(["The file is not UTF-8 text. Save it as “CSV UTF-8”."])
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(_short_lines(opened), strict=True)
            for cells in reader:
                yield reader.line_num, [cell.strip() for cell in cells]
    except UnicodeDecodeError as error:
        raise Refused(["The file is not UTF-8 text. Save it as “CSV UTF-8”."]) from error
    except csv.Error as error:
        raise Refused([f"The file is not proper CSV near line {reader.line_num}: {error}."]) from error


def _short_lines(opened: Any) -> Iterator[str]:
    while line := opened.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Refused([f"A line is longer than {LONGEST_LINE:,} characters. Use the template."])
        if "\0" in line:
            raise Refused(["The file is not text: it holds NUL characters."])
        yield line


def _workbook_lines(path: Path) -> Generator[tuple[int, list[str]], None, None]:
    _check_package(path)
    try:
        workbook = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            sheet = workbook.worksheets[0]
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                if number > MOST_ROWS * 2:
                    raise Refused([f"The sheet has more than {MOST_ROWS:,} rows. Send it in parts."])
                while row and row[-1] is None:
                    row = row[:-1]
                yield number, [_cell(value) for value in row]
        finally:
            workbook.close()
    except Refused:
        raise
    except (
        InvalidFileException,
        ParseError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        EOFError,
        OSError,
    ) as error:
        raise Refused(
            ["The workbook is damaged or not an Excel workbook. Save it again as .xlsx or as CSV."]
        ) from error


def _check_package(path: Path) -> None:
    """Refuse macros, bombs and entity tricks before any of it is unpacked into memory."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > 1000 or sum(part.file_size for part in parts) > EXPANDED:
                raise Refused(
                    [f"The workbook unpacks to more than {EXPANDED // 1_000_000} MB. Save it as CSV."]
                )
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise Refused(["The workbook holds macros. Save it as .xlsx without macros, or as CSV."])
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as opened:
                        start = opened.read(4096)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise Refused(["The workbook is not as Excel writes it. Save it as CSV."])
            _unpack_within_limit(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise Refused(
            ["The workbook is damaged or locked with a password. Save it again as .xlsx or as CSV."]
        ) from error


def _unpack_within_limit(package: zipfile.ZipFile) -> None:
    """A package may lie about its sizes: count what really comes out."""
    total = 0
    for part in package.infolist():
        with package.open(part) as opened:
            while piece := opened.read(1_000_000):
                total += len(piece)
                if total > EXPANDED:
                    raise Refused(
                        [f"The workbook unpacks to more than {EXPANDED // 1_000_000} MB. Save it as CSV."]
                    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
