"""The world every walk goes through, made once a module and taken back at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.access.material import material
from tests.access.world import NOW, World, make


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all walks: each call is taken back, and at the end everything is.

    The session is in the cookie, which every call brings anew: a row of it would be read and written each time.
    """
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(NOW, tick=True),
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),
    ):
        world = make()
        material(world)
        yield world
        transaction.set_rollback(True)
