"""A recorded fact is corrected in a real browser, and what rests on it is said where somebody acts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_draft_decision, a_user, an_assigned_case
from tests.driving import follow, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_fact_is_corrected_and_what_rests_on_it_is_looked_at_again(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    case = an_assigned_case()
    a_draft_decision(case)
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    page = signed_in(new_context(), live_server.url, officer)
    page.goto(f"{live_server.url}/referrals/{case.referral.reference}/corrections/")
    expect(page.get_by_text("Nothing of this referral has been corrected.")).to_be_visible()
    follow(page, "Who is the subject?")
    type_in(page, surname="Anders", because="The passport shows another name; the person asked by letter.")
    looked_at(page, "form")
    press(page, "Correct it")
    expect(page.get_by_role("alert")).to_contain_text("The fact is corrected, and the original kept")
    expect(page.get_by_text("Stale", exact=True).first).to_be_visible()
    looked_at(page, "corrected")
    page = signed_in(new_context(), live_server.url, case.case_owner)
    page.goto(f"{live_server.url}/decisions/{case.referral.reference}/")
    expect(page.get_by_text("rests on a fact that was corrected").first).to_be_visible()
    looked_at(page, "decision-of-the-case")
    follow(page, "Corrections, and what follows")
    follow(page, "Say what follows for Decision on the case: draft")
    type_in(page, finding="The name is corrected in the draft; nothing else turns on it.")
    press(page, "Save what follows")
    expect(page.get_by_text("nothing else turns on it")).to_be_visible()
