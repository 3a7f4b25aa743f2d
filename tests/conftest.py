"""Real servers for every test: databases.py, workers.py and browsers.py say how.

Every test that touches the database speaks to a migrated copy of its own, as the runtime role.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from jinja2 import FileSystemBytecodeCache
from redis import Redis

from nexus import working_days
from nexus.bootstrap import CHECKOUT
from referrals.rules import policies
from referrals.rules.policy import Policy
from tests import databases, identity
from tests.policies import SECOND

pytest_plugins = [
    "tests.access.fixtures",
    "tests.browsers",
    "tests.contract",
    "tests.figures",
    "tests.quick",
    "tests.workers",
]

# Playwright's event loop runs in the tests' own thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# How long an example takes says how busy the machine is, and nothing about the code.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Make this process's own corner, before anybody connects to anything."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        use_own_queue(int(worker.removeprefix("gw")) + 1)
        folder = Path(os.environ["NEXUS_DATA_DIR"]) / worker  # inside the folder of the process that leads
        folder.mkdir(exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix="nexus-test-files-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.NEXUS_DATA_DIR = folder
    os.environ["NEXUS_DATA_DIR"] = str(folder)
    # Hashed file names exist only after collectstatic, and slow password hashing only costs time here.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    # One officer decides, except where a test asks for `second_reading`: most tests are about something else.
    settings.NEXUS_SECOND_READING = []
    settings.NEXUS_FRESH_SECONDS = 0  # a test sees its own changes at once
    settings.NEXUS_API_CALLS_A_MINUTE = 0  # a test that counts calls says how many
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = compiled_pages()


def compiled_pages() -> FileSystemBytecodeCache:
    """Compiling a page takes longer than showing it, so all runs share the compiled ones.

    A template is known by its text; what our filters make of fixed words is compiled in, so they count too.
    """
    ours = b"".join(file.read_bytes() for file in sorted((CHECKOUT / "nexus" / "ui").rglob("*.py")))
    return FileSystemBytecodeCache(pattern=f"nexus-{hashlib.sha256(ours).hexdigest()[:12]}-%s.cache")


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test's name says no bytes: a package's hold the time of its making, and two processes name it otherwise."""
    return "bytes" if isinstance(val, bytes) else None


# The longest first, so that at the end of a parallel run no process waits minutes for the other's last test.
LONGEST = (
    "tests/test_every_page.py",
    "tests/casework/demonstration/test_demonstration.py",
    "tests/test_whole_line.py",
    "tests/referrals/test_draft_in_browser.py",
    "tests/casework/reports/test_browser.py",
    "tests/test_access_matrix.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files of LONGEST first; all others stay in their order."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))
    if getattr(config.option, "loadgroup", False):  # in a process of a parallel run
        apart = [
            item.nodeid for item in items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if apart:
            raise pytest.UsageError(f"Tests that must stay in one process would not: {apart[0]}")


def use_own_queue(number: int) -> None:
    """Point queue and cache at two databases of the run's Valkey that no other process uses."""
    server = settings.REDIS_URL.split("?")[0]
    settings.REDIS_URL = os.environ["REDIS_URL"] = f"{server}?db={2 * number}"
    settings.CELERY_BROKER_URL = settings.CELERY_BROKER_URL.split("?")[0] + f"?virtual_host={2 * number}"
    cache = f"{server}?db={2 * number + 1}"
    settings.CACHES["default"]["LOCATION"] = os.environ["NEXUS_CACHE_URL"] = cache


@pytest.fixture(autouse=True, scope="session")
def _sessions_of_tests() -> None:
    identity.connect()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the migrated template, seen as the runtime role."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with databases.own_database(worker) as name, pytest.MonkeyPatch.context() as monkeypatch:
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
        os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.empty(name))
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def second_reading(settings: Any) -> None:
    """As in the product: refusals, and acceptances against the rules, are read by a second officer."""
    settings.NEXUS_SECOND_READING = ["refusals", "departures"]


@pytest.fixture
def second_policy(monkeypatch: pytest.MonkeyPatch) -> Policy:
    """Beside the policies there are, an invented one: six convictions within 18 months, from 1 April 2026."""
    monkeypatch.setattr(policies, "POLICIES", (*policies.POLICIES, SECOND))
    return SECOND


@pytest.fixture(scope="session")
def _queue_and_cache() -> Iterator[tuple[Redis, Redis]]:
    queue = Redis.from_url(settings.REDIS_URL)
    cache = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    yield queue, cache
    queue.close()
    cache.close()


@pytest.fixture(autouse=True)
def _fresh_queue_and_cache(_queue_and_cache: tuple[Redis, Redis]) -> None:
    """No test finds another's messages, or is throttled for another's wrong passwords."""
    for server in _queue_and_cache:
        server.flushdb()


@pytest.fixture
def added_bank_holidays(monkeypatch: pytest.MonkeyPatch) -> working_days.Added:
    """One-off bank holidays are read from the database, as in the product, and anew in each such test."""
    fresh = working_days.Added()
    monkeypatch.setattr(working_days, "ADDED", fresh)
    return fresh


@pytest.fixture(autouse=True)
def _published_bank_holidays_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads one-off bank holidays at a moment of its own: queries are counted, and many have no database."""
    if "added_bank_holidays" not in request.fixturenames:
        none = working_days.Added(read_at=float("inf"))
        monkeypatch.setattr(working_days, "ADDED", none)
