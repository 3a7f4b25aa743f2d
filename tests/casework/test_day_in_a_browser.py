"""A morning in a browser: a case-owner sees what waits, reads a mention, searches and prints; a referrals
officer removes a flag and confirms that it is keyed; a manager moves the work of somebody who is away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from casework import actions
from casework.keying.models import Entry
from casework.models import Case
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_user, an_assigned_case
from tests.driving import choose, fill_date, follow, go, press, signed_in, tick, type_in, unfold

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_morning(new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look) -> None:
    now = timezone.now()
    case = an_assigned_case(now=now - timedelta(days=2), surname="Quennell")
    other = an_assigned_case(now=now - timedelta(days=2), case_owner=case.case_owner, surname="Brennwald")
    senior = a_user(Role.SENIOR_CASEWORKER, full_name="Sten Vollmer")
    told = {"by": senior, "now": now, "mentions": [case.case_owner]}
    actions.add_note(case_id=case.pk, text="The landlord saw two lorries leave that night.", **told)
    case_owner(
        signed_in(new_context(), live_server.url, case.case_owner), live_server.url, case, other, looked_at
    )
    officer = a_user(Role.REFERRALS_OFFICER)
    referrals_officer(signed_in(new_context(), live_server.url, officer), live_server.url, case, looked_at)
    manager = a_user(Role.MANAGER)
    away(signed_in(new_context(), live_server.url, manager), live_server.url, case, looked_at)


def case_owner(page: Page, address: str, case: Case, other: Case, look: Look) -> None:
    page.goto(address + reverse("casework:mine"))
    look(page, "mine")
    go(page.get_by_role("region", name="Notes that mention you").get_by_role("link"))
    expect(page.get_by_text("The landlord saw two lorries")).to_be_visible()
    mention(page, look)
    page.goto(address + reverse("casework:mine"))
    expect(page.get_by_text("Notes that mention you")).to_have_count(0)
    follow(page, "Search notes and documents")
    type_in(page, words="lorry landlord")
    press(page, "Search")
    expect(page.locator("mark").first).to_be_visible()
    look(page, "search")
    page.goto(address + reverse("casework:relate", args=[case.referral.reference]))
    type_in(page, other=other.referral.reference, reason="Both rent from the same landlord.")
    choose(page, kind="other")
    press(page, "Relate the cases")
    look(page, "related")
    follow(page, "Summary")
    with page.expect_download() as download:
        page.get_by_role("link", name="Print the whole case (PDF)").click()
    assert "Contents" in PdfReader(download.value.path()).pages[0].extract_text()


def mention(page: Page, look: Look) -> None:
    """Names are offered while one types; without a script the form itself finds and asks."""
    press(page, "Add a note")
    page.get_by_label("Note", exact=True).press_sequentially("Which lorries? @voll")
    look(page, "mention")
    unfold(page.get_by_role("button", name="Sten Vollmer, Senior Caseworker"))
    expect(page.get_by_label("Note", exact=True)).to_have_value("Which lorries? @Sten Vollmer ")
    press(page, "Add the note")
    expect(page.locator("strong", has_text="@Sten Vollmer")).to_be_visible()


def referrals_officer(page: Page, address: str, case: Case, look: Look) -> None:
    page.goto(address + reverse("referrals:decide", args=[case.referral.reference]))
    follow(page, "Remove the flag")
    type_in(page, reason="The concern was about another man of the same name.")
    press(page, "Continue")
    look(page, "remove-flag")
    press(page, "Remove the flag")
    expect(page.get_by_role("alert")).to_contain_text("is removed")
    follow(page, "To key")
    look(page, "to-key")
    go(page.get_by_role("row", name="Take out").get_by_role("link"))
    look(page, "confirm-keyed")
    choose(page, system="atlas")
    tick(page, "keyed")
    press(page, "Confirm that it is keyed")
    expect(page.get_by_role("alert")).to_contain_text("it is keyed")
    follow(page, "Keyed")
    go(page.get_by_role("link", name="Correct"))
    look(page, "correct")
    assert Entry.objects.exclude(keyed=None).get().what == "flag_removed"


def away(page: Page, address: str, case: Case, look: Look) -> None:
    stand_in, today = a_user(Role.CASE_OWNER), timezone.localdate()
    page.goto(address + reverse("casework:record_absence"))
    choose(page, person=str(case.case_owner_id))
    fill_date(page, "first_day", today)
    fill_date(page, "last_day", today + timedelta(days=7))
    press(page, "Record the absence")
    choose(page, cases=str(case.pk), to=str(stand_in.pk))
    type_in(page, reason="On leave for a week.")
    look(page, "move-work")
    press(page, "Continue")
    look(page, "move-work-check")
    press(page, "Move the work")
    expect(page.get_by_role("alert")).to_contain_text("The work is moved")
    page.goto(address + reverse("casework:workload"))
    look(page, "workload")
    follow(page, "Absences")
    look(page, "absences")
    assert Case.objects.get(pk=case.pk).case_owner == stand_in
