"""Saying what is going on while it goes on. Standard library only: the bootstrap needs it too."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_STEPS = 0.3  # seconds; shorter steps show no time


def say(text: str = "") -> None:
    """One line for the person at the keyboard, at once."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[Callable[[str], None]]:
    """Show `text …` while the block runs, then how long it took.

    The block receives a function that shows how far it is ("37 of 112") on a terminal.
    """
    began = time.monotonic()
    live = sys.stderr.isatty()
    _write(f"  {text} …", end="" if live else "\n")

    def so_far(detail: str) -> None:
        if live:
            _write(f"\r  {text} … {detail}\033[K", end="")

    try:
        yield so_far
    except BaseException:
        if live:
            _write("", end="\n")
        raise
    took = time.monotonic() - began
    if live:
        _write(f"\r  {text} … done{_seconds(took)}\033[K", end="\n")
    elif took > QUIET_STEPS:
        _write(f"  {text}: done{_seconds(took)}", end="\n")


def _seconds(took: float) -> str:
    return f" ({took:.0f} s)" if took >= 1 else ""


def _write(text: str, *, end: str) -> None:
    print(text, file=sys.stderr, end=end, flush=True)
