"""The moment at which most of these tests look."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.casework.support.builders import ASKED_AT


@pytest.fixture
def an_hour_later() -> Iterator[None]:
    """An hour after the requests were asked, so that what was asked lies behind whoever reads."""
    with time_machine.travel(ASKED_AT + timedelta(hours=1), tick=True):
        yield
