"""The list of the day in a browser: at both widths, without a violation, and a dozen lines on the first screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from tests.builders import a_user, in_triage, with_a_question
from tests.driving import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_day_begins_with_one_list_and_a_dozen_lines_are_on_the_first_screen(
    live_server: object,
    new_context: Callable[..., BrowserContext],
    axe_at_both_widths: Callable[[Page], None],
    screenshot: Callable[[Page, str], None],
) -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    now = timezone.now() - timedelta(hours=3)
    for number in range(14):
        build = with_a_question if number % 3 == 0 else in_triage
        build(officer=officer, now=now, forenames=f"Teodor Aleksandr {number}")
    page = sign_in(new_context(), live_server.url, officer.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for you (14)")
    screenshot(page, "waiting")
    rows = page.locator("tbody tr")
    inside = [row.bounding_box() for row in rows.all()]
    assert len([box for box in inside if box and box["y"] + box["height"] <= 900]) >= 12
    axe_at_both_widths(page)
