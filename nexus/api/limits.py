"""How many calls a minute one client may make: a program, a person's token, or a person in a browser.

It is counted in Valkey, in windows of a minute, and each answer says how many are left. Where the count cannot be asked
nobody is stopped.
"""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds


class ClientThrottle(BaseThrottle):
    """Stands among the throttles of every endpoint; 429 says in Retry-After when to go on."""

    left = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count the call; what is left of the minute goes on the answer (nexus/headers.py)."""
        most = settings.NEXUS_API_CALLS_A_MINUTE
        client = client_of(request)
        if not most or not client:
            return True
        now = int(time.time())
        self.left = WINDOW - now % WINDOW
        made = counted(f"calls:{client}:{now // WINDOW}")
        remaining = max(most - made, 0)
        request._request.limits = {
            "RateLimit-Policy": f'"calls";q={most};w={WINDOW}',
            "RateLimit": f'"calls";r={remaining};t={self.left}',
        }
        return made <= most

    def wait(self) -> float:
        """Seconds until the next minute."""
        return float(self.left)


def client_of(request: Any) -> str:
    """Whose calls are counted together: ids only."""
    if request.auth is not None:
        program = request.auth.may.integration_id
        return f"program-{program}" if program else f"token-{request.auth.may.pk}"
    return f"person-{request.user.pk}" if request.user.is_authenticated else ""


def counted(key: str) -> int:
    """How many it are with this one; 0 where the cache does not answer."""
    try:
        cache.add(key, 0, 2 * WINDOW)
        return int(cache.incr(key))
    except (RedisError, ValueError):
        return 0
