"""The gallery of components as the site under test, with its own templates beside the service's."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from nexus.accounts.reference import load_reference_data

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def gallery(settings: Any) -> Iterator[None]:
    """Serve the gallery, with plain static files: the hashed ones exist only after collectstatic."""
    settings.ROOT_URLCONF = "tests.ui.gallery"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    backend = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**backend, "DIRS": [*backend["DIRS"], TEMPLATES]}]
    yield
    engines.__dict__.pop("templates", None)


CHROMIUM = Path("/usr/bin/chromium")
# What a container without a GPU and without a network needs.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium. Missing it is a skip with the remedy, or a failure where it is required."""
    if not CHROMIUM.exists():
        if os.environ.get("NEXUS_REQUIRE_BROWSER"):
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("no browser: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture
def site(gallery: None, live_server: Any) -> str:
    """The address of the gallery in a running server with the reference data."""
    load_reference_data()
    return str(live_server.url)


@pytest.fixture(autouse=True, scope="session")
def _django_beside_playwright() -> None:
    """Playwright's loop runs in the tests' thread; Django would refuse the database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
