"""Two minutes before somebody is signed out they are warned, and one press keeps them signed in. What they were typing
when it ended is for them alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import PASSWORD, a_user
from tests.driving import press, scripts_have_run, signed_in, type_in, unfold
from tests.identity import code_of

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


def sign_in_here(page: Page, person: User) -> None:
    """On a page that asks for it."""
    code = code_of(person)
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in and carry on" if "signed out" in page.title() else "Sign in")
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Continue")


def test_what_was_typed_is_for_its_writer_alone(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    writer, other = a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)
    page = signed_in(new_context(), live_server.url, writer)
    page.goto(live_server.url + reverse("administration:bank_holiday_add"))
    type_in(page, reason="A day nobody else may read of")
    Session.objects.all().delete()
    press(page, "Add bank holiday")
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
    assert "nobody else may read" not in page.content()
    looked_at(page, "ended")
    sign_in_here(page, other)
    expect(page.get_by_role("heading", name="Somebody else was typing here")).to_be_visible()
    assert "nobody else may read" not in page.content()
    looked_at(page, "somebody-elses")
    press(page, "Sign out, so that they can carry on")
    sign_in_here(page, writer)
    press(page, "Continue")
    expect(page.locator('[name="reason"]')).to_have_value("A day nobody else may read of")
