"""How far the demonstration is while it is being prepared, for every page to say.

Only where `NEXUS_DEMONSTRATION` is set; a production page never asks.
"""

from typing import NamedTuple

from django.core.cache import cache
from redis.exceptions import RedisError

KEY = "demonstration-prepared"
SECONDS = 300  # what was told longer ago was told by something that no longer runs


class Progress(NamedTuple):
    """So many of so many referrals."""

    done: int
    total: int


def tell(done: int, *, total: int) -> None:
    """Note how many of how many referrals there are."""
    cache.set(KEY, (min(done, total), total), SECONDS)


def forget() -> None:
    """It is complete, or given up: no page speaks of it any more."""
    cache.delete(KEY)


def progress() -> Progress | None:
    """How far it is, or None when it is not being prepared; None, too, while the cache does not answer."""
    try:
        found = cache.get(KEY)
    except RedisError:
        return None
    return Progress(*found) if found else None
