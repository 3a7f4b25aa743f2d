"""One list's whole way in a browser: upload, check, a real worker's wash, review, report, matrix, referral."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from referrals.datawash import actions
from referrals.datawash.models import Wash
from referrals.models import Referral
from tests.browsers import Look
from tests.builders import a_user
from tests.driving import follow, press, sign_in, type_in
from tests.referrals.datawash.builders import EXACT, LIST, a_register, an_agreement
from tests.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "R5" * 60  # a reference without a space: the page stays as wide as its window
WASHED_WITHIN = 60_000  # milliseconds; on an idle machine a few seconds


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_from_a_list_to_a_referral(
    javascript: bool,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    start_worker: StartWorker,
    looked_at: Look,
    tmp_path: Path,
) -> None:
    a_register()
    an_agreement(now=timezone.now())
    officer = a_user(Role.POLICE_OFFICER)
    # axe itself is a script, so pages are looked at where scripts run.
    see: Look = looked_at if javascript else (lambda page, name: None)
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    follow(page, "Data-wash")
    see(page, "datawash-list-empty")
    follow(page, "Referrals pack: template and instructions")
    see(page, "datawash-pack")
    upload_a_list(page, tmp_path, see)
    press(page, "Wash this list")
    expect(page.get_by_text("Waiting to be washed").first).to_be_visible()
    see(page, "datawash-waiting")
    start_worker(concurrency=1)
    # Nobody presses anything: the page looks again by itself.
    expect(page.get_by_text("Register as at")).to_be_visible(timeout=WASHED_WITHIN)
    read_the_report(page, see)
    croydon_reviews(new_context(java_script_enabled=javascript), live_server.url)
    read_what_croydon_said(page)
    start_a_referral(page, see)


def upload_a_list(page: Page, folder: Path, see: Look) -> None:
    """First without a file, then with one that has a rejected and a repeated row."""
    page.goto(page.url.split("/data-wash/")[0] + reverse("datawash:list"))
    press(page, "Upload a list")
    type_in(page, purpose="Subjects in custody in November, to find whom to refer")
    press(page, "Upload the list")
    expect(page.get_by_role("alert")).to_contain_text("Select the list")
    see(page, "datawash-upload-error")
    file = folder / "custody.csv"
    file.write_text(f"{LIST}{EXACT.replace('R1', 'R4')}\n{LONG},Nobody,,,,,,,,,,\n")
    page.get_by_label("The list").set_input_files(file)
    press(page, "Upload the list")
    expect(page.get_by_role("alert")).to_contain_text("Your list has been uploaded and is being read")
    expect(page.get_by_text("Waiting to be read").first).to_be_visible()
    see(page, "datawash-waiting-to-be-read")
    assert actions.read(wash_id=Wash.objects.get().pk, clock=timezone.now)
    expect(page.get_by_role("row", name="5 Repeated R4: It repeats line 2.")).to_be_visible(
        timeout=WASHED_WITHIN
    )
    expect(page.get_by_role("row", name=f"6 Rejected {LONG}: Dob is empty.")).to_be_visible()
    see(page, "datawash-check")


def read_the_report(page: Page, see: Look) -> None:
    """Two exact rows of no leave, one still being checked, one not found; by filter and by reference."""
    assert Wash.objects.get().state == "washed"
    expect(page.get_by_text("4 rows: 2 found exactly")).to_be_visible()
    see(page, "datawash-report")
    page.goto(f"{page.url.split('?')[0]}?pot=no+leave")
    expect(page.get_by_role("row", name="R1")).to_be_visible()
    expect(page.get_by_role("row", name="R2")).to_have_count(0)
    see(page, "datawash-report-filtered")
    follow(page, "Clear filters")
    type_in(page, words="R2")
    press(page, "Search")
    expect(page.get_by_role("row", name="R2")).to_contain_text("Being checked by the Referrals Office")
    expect(page.get_by_role("row", name="R1")).to_have_count(0)
    follow(page, "Clear the search")
    for kind in ("Spreadsheet (XLSX)", "CSV"):
        with page.expect_download() as arriving:
            page.get_by_role("link", name=kind, exact=True).click()
        assert arriving.value.suggested_filename.startswith("official-sensitive-data-wash-west-midlands")


def croydon_reviews(context: BrowserContext, address: str) -> None:
    """The one row that waits: a referrals officer says that it is the same person."""
    page = sign_in(context, address, a_user(Role.REFERRALS_OFFICER).email)
    follow(page, "Data-wash")
    follow(page, "Review matches")
    press(page, "Review next")
    expect(page.locator("tr", has_text="Surname")).to_contain_text("Agrees")
    press(page, "The same person")
    expect(page.get_by_role("alert")).to_contain_text("“The same person” is recorded")


def read_what_croydon_said(page: Page) -> None:
    """What was being checked is confirmed, and has the pot of that person's status."""
    page.reload()
    row = page.get_by_role("row", name="R2")
    expect(row).to_contain_text("EEA")
    expect(row).not_to_contain_text("Being checked")


def start_a_referral(page: Page, see: Look) -> None:
    """One press on a row makes a draft of it, and the report remembers which."""
    report = page.url
    press(page, "Start a referral for row R1")
    referral = Referral.objects.get()
    expect(page).to_have_url(
        report.split("/data-wash/")[0] + reverse("referrals:tasks", args=[referral.reference])
    )
    assert (referral.surname, referral.pnc_id) == ("Gurishti", "1999/0123456X")
    page.goto(report)
    expect(page.get_by_role("link", name=referral.reference)).to_be_visible()
    follow(page, "Check in the matrix row R2")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(report.split("/data-wash/")[0] + reverse("datawash:list"))
    see(page, "datawash-list")


def test_a_manager_makes_an_agreement(
    live_server: Any, new_context: Callable[..., BrowserContext], looked_at: Look
) -> None:
    page = sign_in(new_context(), live_server.url, a_user(Role.MANAGER).email)
    follow(page, "Forces")
    follow(page, "Data-wash")
    follow(page, "Agreements with forces")
    looked_at(page, "datawash-agreements-none")
    press(page, "Add an agreement")
    press(page, "Add the agreement")
    expect(page.get_by_role("alert")).to_contain_text("Enter the title")
    looked_at(page, "datawash-agree-error")
    page.get_by_label("Force").select_option("West Midlands Police")
    type_in(page, title="Custody lists")
    for part, value in (("day", "1"), ("month", "11"), ("year", "2026")):
        page.locator(f'[name="starts_on-{part}"]').fill(value)
    press(page, "Add the agreement")
    expect(page.get_by_role("alert")).to_contain_text("West Midlands Police can use the data-wash")
    looked_at(page, "datawash-agreement")
    follow(page, "Back")
    looked_at(page, "datawash-agreements")
