"""Counters that every process adds to: gathered here for some seconds, then added up in the cache."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from redis import Redis, RedisError

KEY = "nexus:metrics"
EVERY = 5.0  # seconds between two additions of one process
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SLOWER_THAN = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; the bounds of the buckets


@dataclass
class Counters:
    """Of one process. What is lost with it is a few seconds of figures."""

    gathered: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    lock: threading.Lock = field(default_factory=threading.Lock)
    added_at: float = 0.0

    def answered(self, *, page: str, method: str, status: int, seconds: float) -> None:
        """One request; what is no method of HTTP is somebody's own words and counted as none."""
        method = method if method in METHODS else "other"
        with self.lock:
            self.gathered[f'nexus_requests_total{{page="{page}",method="{method}",status="{status}"}}'] += 1
            self.gathered["nexus_request_seconds_sum"] += seconds
            self.gathered["nexus_request_seconds_count"] += 1
            for bound in (*(each for each in SLOWER_THAN if seconds <= each), "+Inf"):
                self.gathered[f'nexus_request_seconds_bucket{{le="{bound}"}}'] += 1
            due = time.monotonic() - self.added_at >= EVERY
        if due:
            self.add_up()

    def add_up(self) -> None:
        """To what all have counted; a cache that is away is tried again with the next request."""
        with self.lock:
            self.added_at = time.monotonic()
            mine = dict(self.gathered)
        try:
            with Redis.from_url(settings.CACHES["default"]["LOCATION"], socket_timeout=1) as cache:
                with cache.pipeline(transaction=False) as pipe:
                    for name, number in mine.items():
                        pipe.hincrbyfloat(KEY, name, number)
                    pipe.execute()
        except RedisError:
            return
        with self.lock:
            for name, number in mine.items():
                self.gathered[name] -= number


COUNTERS = Counters()


def counted() -> dict[str, float]:
    """What all processes have counted so far."""
    with Redis.from_url(settings.CACHES["default"]["LOCATION"], socket_timeout=1) as cache:
        return {name.decode(): float(number) for name, number in cache.hgetall(KEY).items()}
