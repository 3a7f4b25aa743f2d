"""The check of a list in a real browser: what its file leaves open is asked, and what is wrong is sent back to mend."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals.datawash import actions
from referrals.datawash.models import Wash
from tests.browsers import Look
from tests.builders import a_user
from tests.driving import press, signed_in
from tests.referrals.datawash.builders import a_checked_wash, an_agreement
from tests.referrals.datawash.linkage.lists import HEADINGS, a_workbook, row, sheet

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = row(1, *HEADINGS, "PNC No.", "Gender", "Remark")


def test_a_list_is_asked_about_and_read(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    an_agreement(now=timezone.now())
    april = sheet(
        HEAD, row(2, "A1", "Demir", "Ayla", "1991-06-17", "99/123456X"), row(3, "A2", "", "", "1990")
    )
    book = a_workbook({"March": sheet(HEAD), "April": april})
    wash = a_checked_wash(book, by=officer, now=timezone.now(), name="custody.xlsx")
    page = signed_in(new_context(), live_server.url, officer)
    page.goto(f"{live_server.url}/data-wash/{wash.pk}/")
    looked_at(page, "which-sheet")
    page.get_by_label("April").check()
    press(page, "Read the file again")
    expect(page.get_by_role("alert")).to_contain_text("The file is being read again")
    assert actions.read(wash_id=wash.pk, clock=timezone.now)
    page.goto(f"{live_server.url}/data-wash/{wash.pk}/")
    expect(page.get_by_label("“PNC No.”")).to_have_value("pnc_id")
    looked_at(page, "which-columns")
    press(page, "Read the file again")
    assert actions.read(wash_id=wash.pk, clock=timezone.now)
    assert Wash.objects.get().rows.get().pnc_id == "1999/0123456X"
