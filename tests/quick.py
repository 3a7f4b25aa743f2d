"""`-m quick`: a first answer in under two minutes on two cores, before the complete suite.

Quick is the first test of every file, which is the happy path of its verb, and every test that needs neither a
database nor a server nor a browser. It says that a change holds together, not that it is right.
"""

import pytest

from tests.browsers import BROWSER_FIXTURES

DATABASE_FIXTURES = {"world", "db", "transactional_db", "django_db_setup", "live_server"}
SERVER_FIXTURES = {"start_worker", "celery_worker_process"}
# Walks through everything, and what starts servers, programs or the matching engine again and again.
NEVER_QUICK = (
    "tests/test_access_matrix.py",
    "tests/test_nothing_lost.py",
    "tests/test_on_the_side.py",
    "tests/casework/demonstration/",
    "tests/nexus/embedded/",
    "tests/nexus/test_bootstrap.py",
    "tests/nexus/test_migrating.py",
    "tests/nexus/test_up.py",
    "tests/referrals/datawash/linkage/test_wash.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick ones, before pytest chooses by marks."""
    files: set[str] = set()
    for item in items:
        file = item.nodeid.partition("::")[0]
        if is_quick(item, is_first=file not in files):
            item.add_marker(pytest.mark.quick)
        files.add(file)


def is_quick(item: pytest.Item, *, is_first: bool) -> bool:
    """Whether this test answers at once."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & (BROWSER_FIXTURES | SERVER_FIXTURES) or item.nodeid.startswith(NEVER_QUICK):
        return False
    return is_first or not (fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"))
