"""Reading a force's list, CSV or XLSX. A bad row is rejected alone; a file that is no list is refused as a whole.

accepted + rejected = rows, always. The file is opened in the confined program (nexus/confined/lists.py), which bounds
its size, rows, cells and texts; what it writes, a line a row, is checked here.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from nexus.confined.lists import MOST_ROWS
from nexus.confined.rows import normal
from nexus.confined.running import Failed, Limits, confined
from nexus.refusals import Refused
from referrals.datawash.linkage.checking import Checker, Listed
from referrals.datawash.linkage.dates import EARLIEST_YEAR
from referrals.datawash.linkage.headings import (
    KNOWN,
    MEANT,
    MOST_ASKED,
    OPTIONAL,
    REQUIRED,
    Answers,
    Asked,
    columns_of,
    other_headings,
    remarks_on,
)

__all__ = [
    "EARLIEST_YEAR",
    "LARGEST",
    "MOST_ROWS",
    "OPTIONAL",
    "REQUIRED",
    "Answers",
    "Asked",
    "Listed",
    "read_list",
]

LARGEST = 20_000_000  # bytes of a file
LIMITS = Limits(written=150_000_000, patience=60)
UTF_8 = "Save it as “CSV UTF-8”."
# Why a file is not a list, by the confined program's word for it.
REFUSALS = {
    "empty": "The file is empty.",
    "large": "The workbook unpacks to more than {most} MB. Save it as CSV.",
    "rows": "The list has more than {most:,} rows. Send it in parts.",
    "cells": "The list has more than {most:,} cells with something in them. Leave out columns that are not read.",
    "columns": "The headings fill more than {most} columns. Use the template.",
    "texts": "The workbook holds more than {most:,} different texts. Save it as CSV.",
    "macros": "The workbook holds macros. Save it as .xlsx without macros, or as CSV.",
    "entities": "The workbook is not as Excel writes it. Save it as CSV.",
    "hidden": "Every sheet with rows is hidden: {sheets}. Show the sheet with the list, and upload it again.",
    "sheets": "Several sheets have the headings: {sheets}. Say which one is meant, or hide the others.",
    "headings": "No sheet has the headings. There are: {sheets}. Use the template's column names.",
    "old": "This is an old Excel workbook. Save it as .xlsx or as CSV.",
    "password": "The file is locked with a password. Save it without one.",
    "encoding": f"The letters of the file cannot be told: it is neither UTF-8, UTF-16 nor Windows-1252. {UTF_8}",
    "nul": f"The file is not text: it holds NUL characters. {UTF_8}",
    "line": "A line is longer than {most:,} characters. Use the template.",
    "csv": "The file is not proper CSV near line {line}: {words}.",
    "slow": "Reading the file takes too long. Send it in parts, or save it as CSV.",
    "memory": "Reading the file takes too much memory. Send it in parts, or save it as CSV.",
    "long": "What the file holds is too long. Send it in parts.",
    "crash": "The file cannot be opened. Save it again as .xlsx or as CSV.",
    "damaged": "The workbook is damaged or not an Excel workbook. Save it again as .xlsx or as CSV.",
}


def read_list(path: Path, *, today: date, answers: Answers | None = None) -> Listed:
    """Everything in the file, checked, read as the force's `answers` say.

    Raises Refused, with sentences, when it cannot be a list at all; Asked, when the force must say which sheet or column
    is meant; Failed, when too many files are being opened at this moment.
    """
    answers = answers or Answers()
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Refused([f"{path.name} cannot be read: {error.strerror}."]) from error
    if size > LARGEST:
        raise Refused(
            [f"The file is {size // 1_000_000} MB. Send at most {LARGEST // 1_000_000} MB at once."]
        )
    try:
        with confined("lists", wanted(answers), {"file": path}, limits=LIMITS) as done:
            return checked(done.made, done.answer, today, answers)
    except Failed as failed:
        if failed.fault == "busy":
            raise
        sheets = failed.more.get("sheets", ())
        if failed.fault == "sheets" and len(sheets) <= MOST_ASKED:
            raise Asked([refusal(failed)], sheets=sheets) from failed
        raise Refused([refusal(failed)]) from failed


def wanted(answers: Answers) -> dict[str, Any]:
    """What the confined program is told: our headings, those that others use, and the sheet."""
    return {"known": KNOWN, "near": [*MEANT, *answers.columns], "sheet": answers.sheet}


def refusal(failed: Failed) -> str:
    more = {**failed.more, "sheets": ", ".join(f"“{name}”" for name in failed.more.get("sheets", ()))}
    return REFUSALS.get(failed.fault, REFUSALS["damaged"]).format(**more)


def checked(made: Path, answer: Mapping[str, Any], today: date, answers: Answers) -> Listed:
    """The rows that the confined program wrote, the headings first."""
    with made.open(encoding="utf-8") as rows:
        line, head, _ = json.loads(next(rows))
        columns = columns_of(head, answers.columns)
        checker = Checker(columns, today)
        for row in rows:
            checker.take(*json.loads(row))
    listed = checker.finish()
    listed.headings = other_headings(head, columns)
    listed.about = [
        *how_read(answer, columns, line),
        *remarks_on(listed.headings),
        *nameless_columns(head, checker),
    ]
    return listed


def nameless_columns(head: Sequence[Any], checker: Checker) -> list[str]:
    """A sentence where something stands below a heading that is none."""
    places = [str(place + 1) for place in sorted(checker.filled) if not normal(head[place])]
    if not places:
        return []
    what = "Column" if len(places) == 1 else "Columns"
    return [f"{what} {', '.join(places)} of the file: without a heading, so not read."]


def how_read(answer: Mapping[str, Any], columns: list[str], line: int) -> list[str]:
    """What a person should know of how the file was read, in sentences."""
    known = ", ".join(name for name in columns if name in KNOWN)
    where = f"the sheet “{answer['sheet']}”" if "sheet" in answer else "the file"
    said = [f"Columns read from {where}: {known}."]
    if answer["skipped"]:
        said.append(f"The headings stand in line {line}; what is above them was not read.")
    if answer.get("separator", "commas") != "commas":
        said.append(f"The cells were separated by {answer['separator']}.")
    if answer.get("encoding", "UTF-8") != "UTF-8":
        said.append(f"The letters were read as {answer['encoding']}. Check the spelling of the names.")
    for key, words in (
        ("hidden_sheets", "Hidden sheets were not read"),
        ("other_sheets", "Other sheets were not read"),
    ):
        if answer.get(key):
            said.append(f"{words}: {', '.join(answer[key])}.")
    if answer.get("hidden_rows"):
        why = "by a filter" if answer.get("filtered") else "in the sheet"
        said.append(f"{answer['hidden_rows']:,} rows are hidden {why}. They were read like the others.")
    if answer.get("hidden_columns"):
        said.append("Hidden columns were read like the others.")
    return said
