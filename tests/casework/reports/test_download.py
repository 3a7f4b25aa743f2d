"""The files say what the page says, under the marking, and no cell starts a formula."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from casework.reports.content import TOTALS
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.exports import FORMULA_LEADS
from referrals import actions
from tests.builders import NOON, a_force, a_user, an_assigned_case, in_triage, progress, with_a_question
from tests.casework.reports.builders import a_built_report, a_released_report

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://example.org","Click")'
ARABIC = "قال الضابط إنه سيتابع"


@pytest.fixture
def report() -> ProgressReport:
    case = an_assigned_case()
    progress(case, text=EVIL)
    progress(case, text=f"@SUM(A1) {ARABIC}", asked_of_force="+44 is not a formula\n-but looks like one")
    with_a_question()
    return a_released_report()


def fetched(report: ProgressReport, kind: str, by: User | None = None) -> Any:
    client = Client()
    client.force_login(by or a_user(Role.FORCE_LEAD, force=report.force))
    return client.get(reverse("reports:download", args=[report.pk, kind]))


def cells_of(report: ProgressReport, kind: str) -> list[list[Any]]:
    answer = fetched(report, kind)
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_holds_the_totals_and_every_line(report: ProgressReport, kind: str) -> None:
    rows = cells_of(report, kind)
    assert rows[0][0] == "OFFICIAL-SENSITIVE"
    cells = {cell for row in rows for cell in row}
    for key, (words, _) in TOTALS.items():
        (row,) = [row for row in rows if row[:1] == [words]]
        assert int(row[1]) == report.totals[key]
    assert report.totals["made"] == report.totals["progress"] == 2
    for line in report.lines.all():
        (row,) = [row for row in rows if row[:1] == [line.referral.reference]]
        assert row[1:3] == [line.referral.subject_initials, line.referral.created_by.full_name]
        assert row[3] == line.stage
        day = row[4].date() if isinstance(row[4], datetime) else date.fromisoformat(row[4])
        assert day == line.last_action_on
    assert "Answer by 23 November 2026: Which of the incidents were witnessed?" in cells
    assert any(ARABIC in str(cell) for cell in cells)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_starts_a_formula(report: ProgressReport, kind: str) -> None:
    report_rows = cells_of(report, kind)
    cells = [cell for row in report_rows for cell in row if isinstance(cell, str)]
    assert len(cells) > 40
    assert [cell for cell in cells if cell.strip().startswith(FORMULA_LEADS)] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_hostile_text_alone_in_its_cell_is_neutralised(kind: str) -> None:
    referral = in_triage()
    actions.not_accept(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=NOON + timedelta(hours=1),
        reasons=EVIL,
        balance="Long residence.",
    )
    (row,) = [row for row in cells_of(a_released_report(), kind) if row[:1] == [referral.reference]]
    assert row[11] == "'" + EVIL


def test_the_csv_opens_in_excel_as_utf_8(report: ProgressReport) -> None:
    assert fetched(report, "csv").content.startswith(b"\xef\xbb\xbf")


def test_the_xlsx_holds_text_as_text_and_prints_its_marking(report: ProgressReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetched(report, "xlsx").content))
    assert book.sheetnames == ["Totals", "Referrals"]
    for sheet in book:
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_pdf_is_tagged_and_says_the_same(report: ProgressReport) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(fetched(report, "pdf").content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.metadata and pdf.metadata.title == (
        "West Midlands Police: progress report for 1 November 2026 to 17 November 2026"
    )
    pages = [page.extract_text() for page in pdf.pages]
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)
    text = " ".join(" ".join(pages).split())
    for line in report.lines.all():
        assert f"{line.referral.reference}, {line.referral.subject_initials}" in text
        assert line.referral.created_by.full_name in text
        assert line.referral.surname.upper() not in text
        assert line.stage in text
    assert "Which of the incidents were witnessed?" in text
    assert "=HYPERLINK" in text


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_a_download_is_a_recorded_disclosure(report: ProgressReport, kind: str) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    answer = fetched(report, kind, by=officer)
    assert answer["Content-Disposition"] == (
        'attachment; filename="official-sensitive-progress-report-west-midlands-police-'
        f'2026-11-01-to-2026-11-17.{kind}"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    entry = AuditEvent.objects.get(kind="report.downloaded")
    assert (entry.by_id, entry.recipient, entry.detail) == (
        officer.pk,
        "West Midlands Police",
        {"format": kind},
    )
    assert entry.request_id


def test_before_release_there_is_no_file() -> None:
    assert fetched(a_built_report(), "pdf", by=a_user(Role.MANAGER)).status_code == 404


def test_another_force_gets_nothing(report: ProgressReport) -> None:
    other = a_user(Role.FORCE_LEAD, force=a_force("06"))
    assert fetched(report, "pdf", by=other).status_code == 404
    assert not AuditEvent.objects.filter(kind="report.downloaded").exists()


def test_an_empty_report_is_a_file_too() -> None:
    report = a_released_report()
    assert report.totals["lines"] == 0
    for kind in ("pdf", "xlsx", "csv"):
        assert fetched(report, kind).status_code == 200
