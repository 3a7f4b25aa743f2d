"""Two minutes before somebody is signed out they are warned, and one press keeps them signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from tests.builders import a_user
from tests.driving import scripts_have_run, signed_in, unfold

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000  # milliseconds


def test_a_dialog_offers_to_stay(
    new_context: Callable[..., BrowserContext], live_server: Any, axe: Callable[[Page], None]
) -> None:
    page = signed_in(new_context(), live_server.url, a_user(Role.POLICE_OFFICER))
    page.clock.install()
    page.goto(live_server.url + "/account/")
    scripts_have_run(page)
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    page.clock.run_for(12 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.run_for(2 * MINUTE)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("after 15 minutes without a press")
    axe(page)
    with page.expect_response("**/stay-signed-in/") as answered:
        unfold(dialog.get_by_role("button", name="Stay signed in"))
    assert answered.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.run_for(12 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.run_for(2 * MINUTE)
    expect(dialog).to_be_visible()


def test_after_a_working_day_staying_is_not_offered(
    new_context: Callable[..., BrowserContext], live_server: Any, settings: Any
) -> None:
    settings.NEXUS_SESSION_HOURS = 0.2  # twelve minutes
    page = signed_in(new_context(), live_server.url, a_user(Role.POLICE_OFFICER))
    page.clock.install()
    page.goto(live_server.url + "/account/")
    scripts_have_run(page)
    page.clock.run_for(11 * MINUTE)
    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    expect(dialog).to_contain_text("you sign in again after a working day")
    unfold(dialog.get_by_role("button", name="Close"))
    expect(dialog).to_be_hidden()
