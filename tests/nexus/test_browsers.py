"""The browser fixtures notice what they are there to notice: each guard is seen failing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from nexus.bootstrap import CHECKOUT
from tests import browsers

# What a process of this run is told, and a run of its own must not be.
OF_THIS_RUN = (
    "NEXUS_DATA_DIR",
    "PYTEST_XDIST_WORKER",
    "PYTEST_XDIST_WORKER_COUNT",
    "PYTEST_XDIST_TESTRUNUID",
)

FAULTS = {
    "a missing style": ('<link rel="stylesheet" href="/assets/nowhere.css">', "404 for /assets/nowhere.css"),
    "a missing script": ('<script src="/assets/nowhere.js"></script>', "404 for /assets/nowhere.js"),
    "an inline script": ("<script>document.title = 'x'</script>", "Content Security Policy"),
    "an inline style": ('<p style="color: red">x</p>', "Content Security Policy"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_with_a_fault_is_heard(
    fault: str, browser: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sign-in page, with a fault written into it on its way to the browser."""
    written, complaint = FAULTS[fault]
    context = browser.new_context()
    heard: list[str] = []
    browsers.listen(context, heard)
    page = context.new_page()

    def spoil(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</body>", written + "</body>"))

    page.route("**/sign-in/", spoil)
    page.goto(f"{live_server.url}/sign-in/")
    page.wait_for_load_state("networkidle")
    context.close()
    assert any(complaint in said for said in heard), heard


def test_a_page_without_fault_is_silent(page: Page, live_server: Any, axe: Callable[[Page], None]) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    assert page.title()
    font = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert font.startswith("Arial"), "the styles have been applied"
    axe(page)


def test_axe_finds_what_is_wrong(page: Page, live_server: Any, axe: Callable[[Page], None]) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")
    with pytest.raises(AssertionError, match="label"):
        axe(page)


def test_without_javascript_the_page_is_there(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/sign-in/")
    assert page.locator("h1").count() == 1


def test_screenshots_are_kept_at_both_widths(
    page: Page, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_SCREENSHOTS", str(tmp_path))
    page.goto(f"{live_server.url}/sign-in/")
    browsers.take_screenshots(page, "sign-in")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sign-in-1280.png", "sign-in-375.png"]


@pytest.mark.parametrize(("required", "ends"), [("", "1 skipped"), ("1", "1 error")])
def test_without_a_browser_it_is_a_skip_or_where_required_a_failure(required: str, ends: str) -> None:
    """This file's own page test, run where no chromium is to be found."""
    nowhere = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "import nexus.commands, tests.browsers as b; b.shutil.which = lambda _: None; "
        "sys.exit(nexus.commands.main(['manage.py', 'test', '-q', '-p', 'no:cacheprovider', sys.argv[2]]))"
    )
    one = "tests/nexus/test_browsers.py::test_a_page_without_fault_is_silent"
    done = subprocess.run(
        [sys.executable, "-c", nowhere, str(CHECKOUT), one],
        cwd=CHECKOUT,
        env={key: value for key, value in os.environ.items() if key not in OF_THIS_RUN}
        | {"NEXUS_REQUIRE_BROWSER": required},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ends in done.stdout, done.stdout + done.stderr
    assert "apt-get install chromium" in done.stdout
    assert (done.returncode == 0) is (required == "")
