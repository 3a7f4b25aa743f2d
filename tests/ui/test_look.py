"""The gallery in a real browser: nothing axe or the content security policy objects to, nothing too wide.

With NEXUS_SCREENSHOTS=<folder> each page is also photographed, for people to look at.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from nexus.accounts.models import Force, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 375)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PATHS = {
    "components": "/gallery/components/",
    "form": "/gallery/form/",
    "question": "/gallery/question/",
    "list": "/gallery/list/",
    "filtered": "/gallery/list/?engaged=True&name=Police&sort=-since",
    "empty": "/gallery/list/?engaged=False&engaged=True&after=0",
    "sign-in": "/sign-in/",
    "accessibility": "/accessibility/",
    "cookies": "/cookies/",
    "400": "/gallery/400/",
    "403": "/gallery/403/",
    "404": "/gallery/nowhere/",
    "409": "/gallery/409/",
    "413": "/gallery/413/",
}


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of one width that fails the test when the browser complains."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    context.close()
    wanted = [c for c in complaints if "the server responded with a status of" not in c]
    assert wanted == []


def photograph(page: Page, name: str) -> None:
    folder = os.environ.get("NEXUS_SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def objections(page: Page) -> list[str]:
    # GOV.UK puts the back link before main, outside any landmark, so that "Skip to main content" skips it.
    options = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"region": {"enabled": False}}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in found]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("name", PATHS)
def test_pages_look_right(page: Page, site: str, name: str) -> None:
    page.goto(site + PATHS[name])
    photograph(page, name)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")
    assert not too_wide(page)
    assert objections(page) == []


@pytest.fixture
def officer() -> User:
    """A police officer of Merseyside."""
    return User.objects.create_user(
        email="jo.hartley@merseyside.police.example",
        password="an invented pass phrase",
        full_name="Jo Hartley-Öztürk",
        role="police_officer",
        force=Force.objects.get(code="05"),
    )


def test_signed_in_pages_look_right(page: Page, site: str, officer: User) -> None:
    page.goto(site + "/account/")
    page.get_by_label("E-mail address").fill(officer.email)
    page.get_by_role("textbox", name="Password").fill("an invented pass phrase")
    page.get_by_role("button", name="Sign in").click()
    for name, path in {"account": "/account/", "password": "/account/password/"}.items():
        page.goto(site + path)
        photograph(page, name)
        assert not too_wide(page)
        assert objections(page) == []
    page.get_by_role("button", name="Change password").click()
    photograph(page, "password-wrong")
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", name="Sign in").is_visible()


def test_a_form_full_of_mistakes_looks_right(page: Page, site: str) -> None:
    page.goto(site + PATHS["form"])
    page.get_by_role("button", name="Save and continue").click()
    photograph(page, "mistakes")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    page.get_by_role("link", name="Enter the date of arrest").click()
    assert page.evaluate("document.activeElement.id") == "id_arrested-day"
    assert not too_wide(page)
    assert objections(page) == []


def test_forced_colours_and_print(page: Page, site: str) -> None:
    for name in ("components", "filtered", "form"):
        page.goto(site + PATHS[name])
        page.emulate_media(forced_colors="active")
        photograph(page, f"{name}-forced")
        page.emulate_media(forced_colors="none", media="print")
        photograph(page, f"{name}-print")
        assert page.locator(".nexus-marking").is_visible()
        assert not page.locator(".govuk-service-navigation").is_visible()
        if os.environ.get("NEXUS_SCREENSHOTS"):
            page.pdf(path=Path(os.environ["NEXUS_SCREENSHOTS"]) / f"{name}.pdf", prefer_css_page_size=True)
        page.emulate_media(media="screen")
