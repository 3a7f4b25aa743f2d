"""The gallery in a real browser, at both widths, on paper, in forced colours and without JavaScript.

With NEXUS_SCREENSHOTS=<folder> each page is also photographed, for people to look at.
"""

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.models import Force, User
from tests.browsers import NARROW, WIDE
from tests.driving import go, press, unfold
from tests.identity import code_of

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
Photograph = Callable[[Page, str], None]
PASSWORD = "an invented pass phrase"
PATHS = {
    "components": "/gallery/components/",
    "form": "/gallery/form/",
    "question": "/gallery/question/",
    "list": "/gallery/list/",
    "filtered": "/gallery/list/?engaged=True&sort=-since",
    "empty": "/gallery/list/?engaged=True&name=Nobody",
    "sign-in": "/sign-in/",
    "accessibility": "/accessibility/",
    "cookies": "/cookies/",
    "400": "/gallery/400/",
    "403": "/gallery/403/",
    "404": "/gallery/nowhere/",
    "409": "/gallery/409/",
    "413": "/gallery/413/",
}


@pytest.mark.parametrize("name", PATHS)
def test_pages_at_both_widths(
    page: Page, site: str, name: str, axe: Check, axe_at_both_widths: Check, screenshot: Photograph
) -> None:
    """Every component, at both widths with its colours too."""
    page.goto(site + PATHS[name])
    screenshot(page, name)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("body.govuk-frontend-supported")).to_have_count(1)
    axe_at_both_widths(page)
    page.set_viewport_size(NARROW)
    axe(page)


@pytest.fixture
def officer() -> User:
    """A police officer of Merseyside."""
    return User.objects.create_user(
        email="jo.hartley@merseyside.police.example",
        password=PASSWORD,
        full_name="Jo Hartley-Öztürk",
        role="police_officer",
        force=Force.objects.get(code="05"),
    )


def sign_in(page: Page, officer: User) -> None:
    page.get_by_label("E-mail address").fill(officer.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    code = code_of(officer)
    go(page.get_by_role("button", name="Sign in"))  # "Sign in and continue" where something waits
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Continue")


def test_signed_in_pages_at_both_widths(
    page: Page, site: str, officer: User, axe_at_both_widths: Check, screenshot: Photograph
) -> None:
    page.goto(site + "/account/")
    sign_in(page, officer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    press(page, "Make a token")
    screenshot(page, "account")
    axe_at_both_widths(page)
    page.goto(site + "/gallery-reports/")
    current = page.get_by_role("navigation", name="Main").locator("[aria-current=page]")
    expect(current).to_have_text("Progress reports")
    screenshot(page, "navigation")
    axe_at_both_widths(page)
    page.goto(site + "/account/password/")
    press(page, "Change password")
    screenshot(page, "password-wrong")
    axe_at_both_widths(page)
    press(page, "Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_form_full_of_mistakes(
    page: Page, site: str, axe_at_both_widths: Check, screenshot: Photograph
) -> None:
    page.goto(site + PATHS["form"])
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("main").locator("h1, h2").first).to_have_text("There is a problem")
    screenshot(page, "mistakes")
    axe_at_both_widths(page)
    unfold(page.get_by_role("link", name="Enter the date of arrest"))
    expect(page.locator("#id_arrested-day")).to_be_focused()


def test_without_javascript(new_context: Callable[..., BrowserContext], site: str, officer: User) -> None:
    """A question, a mistake, an expired session, and on: all with plain HTML."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site + "/gallery/protected/")
    sign_in(page, officer)
    press(page, "Save and continue")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Not known").check()
    page.context.clear_cookies(name="nexus-session")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have been signed out")
    sign_in(page, officer)
    press(page, "Continue")
    expect(page.get_by_text("Saved not_known")).to_be_visible()


def test_the_pages_of_an_ended_session(
    page: Page, site: str, officer: User, axe_at_both_widths: Check, screenshot: Photograph
) -> None:
    page.goto(site + "/gallery/protected/")
    sign_in(page, officer)
    page.get_by_label("No", exact=True).check()
    page.context.clear_cookies(name="nexus-session")
    press(page, "Save and continue")
    expect(page).to_have_title(re.compile("^You have been signed out"))
    screenshot(page, "session-ended")
    axe_at_both_widths(page)
    sign_in(page, officer)
    expect(page).to_have_title(re.compile("^Carry on where you were"))
    screenshot(page, "carry-on")
    axe_at_both_widths(page)
    press(page, "Continue")
    banner = page.get_by_role("alert", name="Success")
    expect(banner).to_contain_text("Saved no")
    screenshot(page, "success")
    axe_at_both_widths(page)
    page.reload()
    expect(banner).to_have_count(0)


def test_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + PATHS["question"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(PATHS["components"]))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "desk"])
def test_filters_fold_away_and_those_in_force_stay_in_sight(page: Page, site: str, size: Any) -> None:
    page.set_viewport_size(size)
    page.goto(site + PATHS["filtered"])
    expect(page.get_by_role("button", name="Apply filters")).to_be_hidden()
    unfold(page.get_by_role("heading", name="Filters", exact=True))
    expect(page.get_by_role("button", name="Apply filters")).to_be_visible()
    go(page.get_by_role("link", name="Remove this filter: Engaged"))
    expect(page).to_have_url(f"{site}/gallery/list/?sort=-since")


def test_filters_without_javascript(new_context: Callable[..., BrowserContext], site: str) -> None:
    """Folded, and a press unfolds them without a script too."""
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(NARROW)
    page.goto(site + PATHS["filtered"])
    apply = page.get_by_role("button", name="Apply filters")
    expect(apply).to_be_hidden()
    unfold(page.get_by_role("heading", name="Filters", exact=True))
    expect(apply).to_be_visible()
    go(apply)
    expect(page).to_have_url(re.compile(r"engaged="))


def test_paper_and_forced_colours(page: Page, site: str, screenshot: Photograph) -> None:
    folder = os.environ.get("NEXUS_SCREENSHOTS", "")
    for name in ("components", "filtered", "form"):
        page.goto(site + PATHS[name])
        page.emulate_media(forced_colors="active")
        screenshot(page, f"{name}-forced")
        page.emulate_media(forced_colors="none", media="print")
        screenshot(page, f"{name}-print")
        expect(page.locator(".nexus-marking")).to_be_visible()
        for left_out in page.locator("button, .nexus-filter, .moj-sub-navigation").all():
            expect(left_out).to_be_hidden()
        if folder:
            page.pdf(path=Path(folder) / f"{name}.pdf", prefer_css_page_size=True)
        page.emulate_media(media="screen")


def test_a_cold_page_is_light(page: Page, site: str) -> None:
    """Bytes as gzip would send them; the service sends brotli, which is smaller still."""
    bodies: list[bytes] = []
    page.on("response", lambda response: bodies.append(response.body()))
    page.goto(site + PATHS["filtered"], wait_until="networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies) < 80_000
