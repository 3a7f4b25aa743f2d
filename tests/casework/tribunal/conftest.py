"""What the tests of a hearing's papers share."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.casework.tribunal.builders import NOW


@pytest.fixture
def the_same_day() -> Iterator[None]:
    """Pages are opened a few minutes after what the builders did."""
    with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
        yield
