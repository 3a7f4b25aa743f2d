"""The world every walk goes through, made once a module and taken back at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.access.material import material
from tests.access.world import NOW, World, make


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all walks: each call is taken back, and at the end everything is."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=True):
        world = make()
        material(world)
        yield world
        transaction.set_rollback(True)
