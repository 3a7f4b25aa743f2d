"""Somebody at work while the disaster comes: an entry of the record a transaction, and a line for each acknowledged one."""

import time
from collections.abc import Iterator

from django.utils import timezone

from nexus.audit.recording import record

KIND = "drill.written"
PAUSE = 0.05  # seconds between two


def write() -> Iterator[str]:
    """Each acknowledged write's number and when that was, for ever."""
    number = 0
    while True:
        number += 1
        record(kind=KIND, by=None, now=timezone.now(), detail={"number": number})
        yield f"{number} {time.time()}"
        time.sleep(PAUSE)
