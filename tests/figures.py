"""The fixtures of a proof: `figure` says what was measured, `full_size` how much to measure.

`manage.py walls` collects the figures and asks for the full size; in an ordinary run a figure that falls short fails
its test all the same.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

COLLECTED = "NEXUS_FIGURES"  # a file to which each figure is appended as a line of JSON
FULL_SIZE = "NEXUS_FULL_SIZE"  # set where the counts of the promise are wanted, not a tenth of them

Figure = Callable[..., None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """`figure(5, f"{found} of {made} edits found", holds=found == made)`: the figure of a promise, or an AssertionError."""

    def say(promise: int, words: str, *, holds: bool) -> None:
        if collected := os.environ.get(COLLECTED):
            line = {"promise": promise, "words": words, "holds": holds, "test": request.node.nodeid}
            with Path(collected).open("a") as file:
                file.write(json.dumps(line) + "\n")
        assert holds, f"Promise {promise} falls short: {words}"

    return say


@pytest.fixture(scope="session")
def full_size() -> bool:
    """Whether the whole count of a promise is asked for; a tenth is enough in an ordinary run."""
    return FULL_SIZE in os.environ


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """How each test of a promise ended, for `manage.py walls`; a skipped test has proved nothing."""
    collected = os.environ.get(COLLECTED)
    if collected and (report.when == "call" or report.outcome != "passed"):
        with Path(collected).open("a") as file:
            file.write(json.dumps({"ended": report.outcome, "test": report.nodeid}) + "\n")
