"""Signs of life of what answers no request: the worker and the schedule touch a file and note the time in the cache.

`python -m nexus.alive worker` asks the file (docker-compose.yml), the metrics ask the cache. One that has lost the
queue gives no sign: it does nothing any more.
"""

import os
import time
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler
from django.core.cache import cache
from redis.exceptions import RedisError

from nexus.alive import FOLDER

EVERY = 5  # seconds
PROCESSES = ("worker", "beat")


def sign(process: str) -> None:
    """It lives, now. A cache that is away is no reason to stop."""
    folder = os.environ.get(FOLDER)
    if folder:
        Path(folder).mkdir(mode=0o700, exist_ok=True)
        (Path(folder) / process).touch()
    try:
        cache.set(f"alive:{process}", time.time(), timeout=None)
    except RedisError:
        pass


def last_signs() -> dict[str, float | None]:
    """When each was last heard of, in seconds since 1970; None for never."""
    return {process: cache.get(f"alive:{process}") for process in PROCESSES}


class WorkerLives(bootsteps.StartStopStep):
    """The worker's main loop gives the sign, not the processes that do its tasks."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker: Any) -> None:
        sign("worker")
        self.again = worker.timer.call_repeatedly(EVERY, sign, ("worker",), priority=10)

    def stop(self, worker: Any) -> None:
        self.again.cancel()


class Beat(Scheduler):
    """Celery's own, in memory: what a stopped one misses, the next sweep finds."""

    max_interval = EVERY  # it wakes at least so often
    signed_at = 0.0

    def tick(self, *args: Any, **options: Any) -> Any:
        if time.monotonic() - self.signed_at >= EVERY:
            self.signed_at = time.monotonic()
            sign("beat")
        return super().tick(*args, **options)
