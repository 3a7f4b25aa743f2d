"""The second step in a real browser: an app, a security key of Chromium's own, recovery codes, at both widths."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import codes
from tests.browsers import Look
from tests.builders import PASSWORD, a_user
from tests.driving import go, press, sign_in, unfold
from tests.identity import code_of, now_of

pytestmark = pytest.mark.django_db(transaction=True)


def password_only(page: Page, address: str, person: User) -> None:
    page.goto(address + reverse("accounts:sign_in"))
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_app_is_set_up_by_typing_its_secret(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, scripts: bool
) -> None:
    person = a_user(Role.MANAGER)
    page = new_context(java_script_enabled=scripts).new_page()
    password_only(page, live_server.url, person)
    if scripts:
        looked_at(page, "set-up")
    unfold(page.get_by_text("I cannot scan it"))
    secret = page.locator(".nexus-token code").inner_text().replace(" ", "")
    page.get_by_label("Code from your app").fill("000000")
    press(page, "Continue")
    expect(
        page.get_by_role("link", name="The code is not right")
        .or_(page.get_by_text("The code is not right"))
        .first
    ).to_be_visible()
    page.get_by_label("Code from your app").fill(now_of(secret))
    press(page, "Continue")
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    paper = page.locator(".nexus-recovery-codes code").first.inner_text()
    if scripts:
        looked_at(page, "recovery-codes")
    go(page.get_by_role("button", name="I have kept them. Continue"))
    page.goto(live_server.url + reverse("accounts:second_factor"))
    if scripts:
        looked_at(page, "yours")
    press(page, "Sign out")
    password_only(page, live_server.url, person)
    if scripts:
        looked_at(page, "give")
    page.get_by_label("Code", exact=True).fill(paper)
    press(page, "Continue")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert codes.codes_left(person) == 9


def a_key(page: Page) -> None:
    """Chromium's own virtual key, which touches itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_security_key_is_set_up_signs_in_and_confirms(page: Page, live_server: Any) -> None:
    person = a_user(Role.MANAGER)
    a_key(page)
    password_only(page, live_server.url, person)
    go(page.get_by_role("button", name="Use a security key"))
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    press(page, "Sign out")
    password_only(page, live_server.url, person)
    go(page.get_by_role("button", name="Use your security key"))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    key = Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)
    assert key.data["count"] > 0 and key.last_used_at
    key.data["count"] += 1000  # a copy of it has gone on counting
    key.save()
    press(page, "Sign out")
    password_only(page, live_server.url, person)
    go(page.get_by_role("button", name="Use your security key"))
    expect(page.get_by_text("The code is not right").first).to_be_visible()


def test_another_app_and_a_key_are_added_on_ones_account(
    page: Page, live_server: Any, looked_at: Look
) -> None:
    person = a_user(Role.MANAGER)
    a_key(page)
    page = sign_in(page.context, live_server.url, person.email)
    a_key(page)
    page.goto(live_server.url + reverse("accounts:key_add"))
    looked_at(page, "add-key")
    page.get_by_label("Name of the key").fill("Blue key")
    go(page.get_by_role("button", name="Touch the new key"))
    expect(page.get_by_role("rowheader", name="Blue key")).to_be_visible()
    page.goto(live_server.url + reverse("accounts:app_add"))
    looked_at(page, "add-app")
    assert code_of(person)
