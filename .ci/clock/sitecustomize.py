"""For `.ci/on` alone: Python's `time.sleep` under a moved clock.

Debian's faketime takes its offset from the monotonic clock too when a program sleeps until a moment of it, as Python
3.11 does, although it was told to leave that clock alone; the moment is then long past and the call refused.
Waiting with `select` is what Python did before and does not name a moment.
"""

import select
import time
from typing import SupportsIndex


def sleep(seconds: float | SupportsIndex) -> None:
    """Wait so long, or give way to other threads when `seconds` is 0; like `time.sleep` refuses less."""
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
