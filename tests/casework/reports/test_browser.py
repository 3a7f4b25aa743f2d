"""From a manager's request to the force's acknowledgement, in a real browser, built by a real worker."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import (
    a_case,
    a_case_in,
    a_force,
    a_user,
    an_assigned_case,
    progress,
    with_outcome,
)
from tests.driving import go, press, sign_in, unfold
from tests.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
BUILT_WITHIN = 60_000  # milliseconds


def reports_of(context: BrowserContext, address: str, user: User) -> Page:
    page = sign_in(context, address, user.email)
    page.goto(f"{address}/reports/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Progress reports")
    return page


def some_cases() -> None:
    """Referrals of West Midlands, this morning's."""
    now = timezone.now() - timedelta(hours=4)
    a_case(now=now)
    case = an_assigned_case(now=now)
    progress(case, text="The decision was explained to the officer; the victim was told.", now=timezone.now(),
             asked_of_force="Send the crime reports of the last two incidents.")  # fmt: skip
    with_outcome(a_case_in("served", now=now), now=timezone.now())


def ask(page: Page, *, force: str, first: date, last: date) -> None:
    press(page, "Request reports")
    page.get_by_label("Force").select_option(force)
    page.get_by_label("Dates of your own").check()
    for name, day in (("First day", first), ("Last day", last)):
        group = page.get_by_role("group", name=name)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part).fill(str(value))
    press(page, "Request reports")


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as arriving:
        page.get_by_role("link", name=name).click()
    assert arriving.value.suggested_filename.startswith("official-sensitive-progress-report-west-midlands")
    return Path(arriving.value.path()).read_bytes()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_the_way_of_one_report(
    javascript: bool,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    start_worker: StartWorker,
    looked_at: Look,
) -> None:
    some_cases()
    # axe itself is a script, so pages are looked at where scripts run.
    see: Look = looked_at if javascript else (lambda page, name: None)
    manager, lead = a_user(Role.MANAGER), a_user(Role.FORCE_LEAD)
    page = reports_of(new_context(java_script_enabled=javascript), live_server.url, manager)
    see(page, "reports-none")

    press(page, "Request reports")
    press(page, "Request reports")
    expect(page.get_by_role("alert")).to_contain_text("Select the period")
    see(page, "reports-request-error")
    page.goto(f"{live_server.url}/reports/")
    # Two days are never a whole month, which on its last day could not be released yet.
    today = timezone.localdate()
    ask(page, force="West Midlands Police", first=today - timedelta(days=1), last=today)
    expect(page.get_by_role("alert")).to_contain_text("1 report will be built now")
    expect(page.get_by_text("Waiting to be built")).to_be_visible()
    see(page, "report-waiting")

    start_worker()
    # Nobody presses anything: the page looks again by itself.
    expect(page.get_by_text("Ready to check")).to_be_visible(timeout=BUILT_WITHIN)
    expect(page.get_by_role("row", name="Referrals in this report")).to_contain_text("3")
    see(page, "report-draft")

    press(page, "Check and release")
    expect(page.get_by_text("third parties (victim)")).to_be_visible()
    press(page, "Release to West Midlands Police")
    expect(page.get_by_role("alert")).to_contain_text("Confirm that the report holds no legal advice")
    see(page, "report-release-error")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Disclosure check").fill("Read every line. The victim is not named.")
    see(page, "report-release")
    press(page, "Release to West Midlands Police")
    expect(page.get_by_role("alert")).to_contain_text("has been released to West Midlands Police")
    see(page, "report-released")

    page = reports_of(new_context(java_script_enabled=javascript), live_server.url, lead)
    see(page, "reports-own")
    report = ProgressReport.objects.get()
    go(page.get_by_role("link", name=str(report.period)))
    expect(page.get_by_text("Send the crime reports of the last two incidents.").first).to_be_visible()
    see(page, "report-own")
    pdf = pypdf.PdfReader(io.BytesIO(downloaded(page, "PDF")))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert openpyxl.load_workbook(io.BytesIO(downloaded(page, "Spreadsheet (XLSX)"))).sheetnames
    assert b"Send the crime reports" in downloaded(page, "CSV")
    press(page, "Acknowledge this report")
    expect(page.get_by_role("alert")).to_contain_text("You have acknowledged the report")
    see(page, "report-acknowledged")
    report.refresh_from_db()
    assert (report.state, report.acknowledged_by) == ("acknowledged", lead)


def test_43_reports_show_how_far_they_are(
    live_server: Any, new_context: Callable[..., BrowserContext], start_worker: StartWorker, looked_at: Look
) -> None:
    some_cases()
    a_force()
    page = reports_of(new_context(), live_server.url, a_user(Role.MANAGER))
    press(page, "Request reports")
    looked_at(page, "reports-request")
    page.get_by_label("Last month").check()
    press(page, "Request reports")
    expect(page.get_by_text("Built 0 of 43")).to_be_visible()
    looked_at(page, "reports-period-building")
    start_worker()
    expect(page.get_by_text("Built 43 of 43")).to_be_visible(timeout=BUILT_WITHIN)
    looked_at(page, "reports-period-built")
    go(page.get_by_role("link", name="Back"))
    expect(page.get_by_text("Built 43 of 43")).to_be_visible()
    looked_at(page, "reports-periods")
    go(page.get_by_role("link", name="Results"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard: from referral to outcome")
    looked_at(page, "dashboard")
    unfold(page.locator("summary").filter(has_text="The funnel: show as a table"))
    looked_at(page, "dashboard-table")
