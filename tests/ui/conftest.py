"""The gallery of components as the site under test, with its own templates beside the service's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

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
