"""Real servers for every test: see tests/databases.py, and docs/tour.md for how to use the fixtures."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from tests import databases


def pytest_configure(config: pytest.Config) -> None:
    """Give each parallel test process a Valkey database of its own, before anybody connects."""
    # The hashed names exist only after collectstatic.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        use_valkey_database(int(worker.removeprefix("gw")) + 1)


def use_valkey_database(number: int) -> None:
    """Point cache and queue at database `number` of the run's own Valkey."""
    settings.REDIS_URL = os.environ["REDIS_URL"] = settings.REDIS_URL.split("?")[0] + f"?db={number}"
    settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the migrated template, seen as the runtime role."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with databases.own_database(worker) as name:
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
        os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
        TransactionTestCase._fixture_teardown = lambda self: databases.empty(name)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
