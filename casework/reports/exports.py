"""A report as a file: PDF, XLSX, ODS or CSV. Each says what the page says, under the same marking."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.text import slugify

from casework.reports.content import TOTALS
from casework.reports.models import ProgressReport, ReportLine
from nexus.documents import tables
from nexus.documents.exports import BOM, CSV, HANDLING, MARKING, XLSX, marked, safe_cell
from nexus.documents.pdf import render_pdf
from nexus.documents.tables import ODS_TYPE, Table
from nexus.ui import formatting

# Head, what of the line, width in an XLSX.
COLUMNS: tuple[tuple[str, Callable[[ReportLine], Any], int], ...] = (
    ("Referral", lambda line: line.referral.reference, 17),
    ("Initials", lambda line: line.referral.subject_initials, 10),
    ("Referring officer", lambda line: line.referral.created_by.full_name, 26),
    ("Stage", lambda line: line.stage, 26),
    ("Last action", lambda line: line.last_action_on, 13),
    ("Made in the period", lambda line: formatting.yesno(line.made_in_period), 10),
    ("Decided in the period", lambda line: formatting.yesno(line.decided_in_period), 10),
    ("Accepted in the period", lambda line: formatting.yesno(line.accepted_in_period), 10),
    ("Flagged in the period", lambda line: formatting.yesno(line.flagged_in_period), 10),
    ("Allocated in the period", lambda line: formatting.yesno(line.allocated_in_period), 10),
    ("Outcome", lambda line: line.outcome, 26),
    ("Reasons", lambda line: line.reasons, 50),
    ("Asked of the force", lambda line: line.asked_of_force, 50),
    ("Progress in the period", lambda line: "\n".join(progress_said(line)), 60),
)


@dataclass(frozen=True)
class Kind:
    """One kind of file: what the browser is told, and what makes it."""

    name: str
    content_type: str
    make: Callable[[ProgressReport, list[ReportLine]], bytes]


def progress_said(line: ReportLine) -> list[str]:
    return [f"{formatting.date(day)}: {text}" for day, text in line.dated_progress]


def title_of(report: ProgressReport) -> str:
    return f"{report.force.name}: progress report for {report.period}"


def built_of(report: ProgressReport) -> str:
    return f"Built on {formatting.date_and_time(report.built_at)}"


def totals_of(report: ProgressReport) -> list[tuple[str, int]]:
    """The stored totals with their words, in the order of the page."""
    return [(words, report.totals[key]) for key, (words, _) in TOTALS.items()]


def as_csv(report: ProgressReport, lines: list[ReportLine]) -> bytes:
    """The marking, the totals, then one row a referral; every cell quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    heads = [[MARKING, HANDLING], [title_of(report)], [built_of(report)], []]
    rows = [[head for head, _, _ in COLUMNS], *([value(line) for _, value, _ in COLUMNS] for line in lines)]
    for row in [*heads, *totals_of(report), [], *rows]:
        writer.writerow([safe_cell(cell) for cell in row])
    return (BOM + written.getvalue()).encode()


def as_xlsx(report: ProgressReport, lines: list[ReportLine]) -> bytes:
    """A sheet of totals and a sheet of referrals. No cell is ever a formula."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": title_of(report), "author": "Operation Nexus – High Harm"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
        sheet = marked(book.add_worksheet("Totals"))
        sheet.set_column(0, 0, 60)
        for row, words in enumerate([MARKING, title_of(report), built_of(report)]):
            sheet.write_string(row, 0, str(safe_cell(words)), bold)
        for row, (words, number) in enumerate(totals_of(report), start=4):
            sheet.write_string(row, 0, words, text)
            sheet.write_number(row, 1, number)
        sheet = marked(book.add_worksheet("Referrals"))
        sheet.write_string(0, 0, MARKING, bold)
        sheet.freeze_panes(2, 1)
        for column, (head, value, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, head, bold)
            for row, line in enumerate(lines, start=2):
                cell = safe_cell(value(line))
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write_string(row, column, str(cell), text)
    return written.getvalue()


def as_ods(report: ProgressReport, lines: list[ReportLine]) -> bytes:
    """One sheet: a row a referral, the totals below."""
    rows: list[list[object]] = [[value(line) for _, value, _ in COLUMNS] for line in lines]
    table = Table(
        title_of(report),
        built_of(report),
        [(head, width) for head, _, width in COLUMNS],
        [*rows, [], *map(list, totals_of(report))],
    )
    return tables.as_ods(table)


def as_pdf(report: ProgressReport, lines: list[ReportLine]) -> bytes:
    """Tagged, from templates/casework/reports/pdf/report.typ."""
    return render_pdf(
        "casework/reports/pdf/report.typ",
        {
            "title": title_of(report),
            "made": built_of(report),
            "demonstration": settings.NEXUS_DEMONSTRATION,
            "totals": [[words, formatting.number(number)] for words, number in totals_of(report)],
            "asked": [[referral_of(line), line.asked_of_force] for line in lines if line.asked_of_force],
            "lines": [{"reference": referral_of(line), "answers": answers_of(line)} for line in lines],
        },
    )


def referral_of(line: ReportLine) -> str:
    """NHH-2026-000123, A.M.K.: known to its force without a name on paper."""
    return ", ".join(part for part in (line.referral.reference, line.referral.subject_initials) if part)


def answers_of(line: ReportLine) -> list[list[str]]:
    """One referral of the report as labels and texts; what is empty is left out."""
    found = [
        ("Referring officer", line.referral.created_by.full_name),
        ("Stage", line.stage),
        ("Last action", formatting.date(line.last_action_on)),
        ("In the period", happened_in_period(line)),
        ("Outcome", line.outcome),
        ("Reasons", line.reasons),
        ("Asked of the force", line.asked_of_force),
        ("Progress in the period", "\n".join(progress_said(line))),
    ]
    return [[label, text] for label, text in found if text]


def happened_in_period(line: ReportLine) -> str:
    """Made, decided, accepted: what of the funnel fell into the period."""
    words = [
        word
        for word, happened in (
            ("made", line.made_in_period),
            ("decided", line.decided_in_period),
            ("accepted", line.accepted_in_period),
            ("flagged", line.flagged_in_period),
            ("allocated to Liverpool", line.allocated_in_period),
        )
        if happened
    ]
    return formatting.capfirst(", ".join(words))


def name_of(report: ProgressReport, kind: Kind) -> str:
    """official-sensitive-progress-report-west-midlands-police-2026-10-01-to-2026-10-31.pdf"""
    words = f"{MARKING} progress report {report.force.name} {report.period_from} to {report.period_to}"
    return f"{slugify(words)}.{kind.name}"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", as_pdf),
        Kind("xlsx", XLSX, as_xlsx),
        Kind("ods", ODS_TYPE, as_ods),
        Kind("csv", CSV, as_csv),
    )
}
