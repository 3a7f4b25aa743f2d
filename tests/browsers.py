"""A real browser: Debian's chromium, driven by Playwright, listening for what must not happen.

`page`, `context` and `new_context` are pytest-playwright's, with an ear on every page: a missing style,
script or image, a message about the Content-Security-Policy or an uncaught script error fails the test.
Use them with `live_server`. JavaScript off: `new_context(java_script_enabled=False)`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

# The same engine twice; the shell comes without the browser's own windows and needs half of the processor's time.
CHROMIUMS = ("chromium-headless-shell", "chromium")
REMEDY = "no browser: install Debian's with  apt-get update && apt-get install chromium-headless-shell"
# What a container without a GPU, a network and a large /dev/shm needs.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Nothing in these tags needs the styles fetched once more.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": AXE_TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}
# Contrast takes nine tenths of axe's time, and no colour here depends on the width of the window. What is only
# there when it is narrow (folded filters and navigation) the gallery's tests measure at both widths.
WITHOUT_CONTRAST = AXE_OPTIONS | {"rules": {"color-contrast": {"enabled": False}}}
BOTH_WIDTHS = ((NARROW, WITHOUT_CONTRAST), (WIDE, AXE_OPTIONS))
BROWSER_FIXTURES = {"page", "context", "new_context", "browser"}


def chromium() -> str | None:
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives a browser, and skip it where there is none."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            if not chromium() and not os.environ.get("NEXUS_REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason=REMEDY))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing browser fails where one is required."""
    if item.get_closest_marker("browser") and not chromium():
        pytest.fail(REMEDY)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium instead of one that Playwright would download."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window and British habits."""
    return {**browser_context_args, "viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """pytest-playwright's, with every context listened to; what was heard fails the test at its end."""
    heard: list[str] = []

    def listening(**options: Any) -> BrowserContext:
        context = new_context(**options)
        listen(context, heard)
        return context

    yield listening
    assert not heard, "The browser complained:\n" + "\n".join(heard)


def listen(context: BrowserContext, heard: list[str]) -> None:
    """Collect into `heard` what must not happen on any page of this context."""

    def on_response(response: Response) -> None:
        path = urlsplit(response.url).path
        asset = response.request.resource_type in {"stylesheet", "script", "image", "font"}
        if response.status >= 500 or (
            response.status >= 400 and (asset or path.startswith(settings.STATIC_URL))
        ):
            heard.append(f"{response.status} for {path}")

    def on_failed(request: Request) -> None:
        aborted = request.failure == "net::ERR_ABORTED"  # the page was left while it was still loading
        if request.resource_type in {"stylesheet", "script", "image", "font"} and not aborted:
            heard.append(f"{urlsplit(request.url).path} was not loaded: {request.failure}")

    def on_console(message: ConsoleMessage) -> None:
        text = message.text
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            heard.append(text)

    context.on("response", on_response)
    context.on("requestfailed", on_failed)
    context.on("console", on_console)
    context.on("weberror", lambda found: heard.append(f"Uncaught in a script: {found.error}"))


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with every WCAG 2.2 A and AA violation on the page as it stands."""

    def check(page: Page, options: dict[str, Any] = AXE_OPTIONS) -> None:
        # Once a page: axe stays while the window changes its width. Only what is wrong crosses over.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
        assert not violations, f"{page.url}\n" + "\n".join(map(in_words, violations))

    return check


def in_words(violation: dict[str, Any]) -> str:
    """What axe found, where, and what it would have instead."""
    places = [f"  {node['html']}\n  {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']}: {violation['help']}", *places])


@pytest.fixture
def axe_at_both_widths(axe: Callable[..., None]) -> Callable[[Page], None]:
    """`axe_at_both_widths(page)` checks at 1280 and at 375 pixels, and that nothing sticks out sideways."""

    def check(page: Page) -> None:
        for size, options in BOTH_WIDTHS:
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{page.url} is {width} pixels wide in a window of {size['width']}"
            axe(page, options)

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, "queue")` keeps the page at both widths when NEXUS_SCREENSHOTS names a folder."""
    return take_screenshots


Look = Callable[[Page, str], None]


@pytest.fixture
def looked_at(
    request: pytest.FixtureRequest,
    axe_at_both_widths: Callable[[Page], None],
    screenshot: Callable[[Page, str], None],
) -> Look:
    """`looked_at(page, "empty")`: one heading, a picture, and nothing axe objects to at either width.

    The picture is named after the test's part too: "material-empty".
    """
    part = request.path.stem.removeprefix("test_").removesuffix("_in_a_browser").replace("in_a_browser", "")
    part = part or request.path.parent.name

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        expect(page.locator("h1")).to_have_count(1)
        screenshot(page, f"{part.replace('_', '-')}-{name}")
        axe_at_both_widths(page)

    return look


def take_screenshots(page: Page, name: str) -> None:
    """Write `<folder>/<name>-375.png` and `-1280.png`; nothing without NEXUS_SCREENSHOTS."""
    folder = os.environ.get("NEXUS_SCREENSHOTS", "")
    if not folder:
        return
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
