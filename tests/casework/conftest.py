"""Casework's tests stand on one day, whatever day they are run on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.builders import NOON


@pytest.fixture
def the_week_after() -> Iterator[None]:
    """Monday 23 November 2026, a little after noon: a week after the builders' day."""
    with time_machine.travel(NOON + timedelta(days=7, minutes=5), tick=True):
        yield
