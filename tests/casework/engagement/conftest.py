"""One case for all tests of a file: each test's own changes are taken back, the case stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.builders import a_user, an_assigned_case


@pytest.fixture(scope="module")
def case(django_db_setup: None, django_db_blocker: Any) -> Iterator[Case]:
    """Assigned to its case-owner; made once, in a transaction around the tests' own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield an_assigned_case()
        transaction.set_rollback(True)


@pytest.fixture
def cio() -> User:
    return a_user(Role.CIO_HMI, full_name="Maud Winterbourne")


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")
