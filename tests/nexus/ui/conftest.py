"""The gallery of components as the site under test, with its own templates beside the service's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus.accounts.reference import load_reference_data

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def gallery(settings: Any) -> Iterator[None]:
    """Serve the gallery instead of the service."""
    settings.ROOT_URLCONF = "tests.nexus.ui.gallery"
    backend = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**backend, "DIRS": [*backend["DIRS"], TEMPLATES]}]
    yield


@pytest.fixture
def site(gallery: None, live_server: Any) -> str:
    """The address of the gallery in a running server with the reference data."""
    load_reference_data()
    return str(live_server.url)
