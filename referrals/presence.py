"""Who else has a referral open: ids with the moment they opened it, in Valkey, gone after a while.

Presence is a courtesy. Without Valkey nobody is announced, and everything else goes on.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from nexus.accounts.models import User

# As long as a session without a request: then the page may still be open, but nobody is signed in to it.
OPEN_FOR = timedelta(seconds=settings.SESSION_COOKIE_AGE)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AlsoOpen:
    """Somebody else who has it open, and since when."""

    name: str
    since: datetime


@cache
def valkey(address: str) -> "Redis":
    return Redis.from_url(address, decode_responses=True, socket_connect_timeout=1, socket_timeout=1)


def opened(referral_id: int, *, by: User, now: datetime) -> list[AlsoOpen]:
    """Write down that `by` has it open, and tell who else has, longest first."""
    try:
        since = others_at(referral_id, by, now)
    except RedisError:
        log.warning("presence is not known: Valkey does not answer")
        return []
    people = User.objects.in_bulk(since) if since else {}
    found = [AlsoOpen(short_name(people[pk].full_name), since[pk]) for pk in since if pk in people]
    return sorted(found, key=lambda each: each.since)


def others_at(referral_id: int, by: User, now: datetime) -> dict[int, datetime]:
    """The ids of others with the moment they opened it. One hash a referral: person → "since last"."""
    key, moment = f"nexus:open:{referral_id}", int(now.timestamp())
    server = valkey(settings.CACHES["default"]["LOCATION"])
    known = {}
    for person, times in server.hgetall(key).items():
        since, last = (int(part) for part in times.split())
        if moment - last < OPEN_FOR.total_seconds():
            known[int(person)] = since
    with server.pipeline() as pipeline:
        pipeline.hset(key, str(by.pk), f"{known.get(by.pk, moment)} {moment}")
        pipeline.expire(key, OPEN_FOR)
        pipeline.execute()
    return {pk: datetime.fromtimestamp(since, UTC) for pk, since in known.items() if pk != by.pk}


def short_name(full_name: str) -> str:
    """O. Brandt"""
    first, _, rest = full_name.strip().partition(" ")
    return f"{first[0]}. {rest.split()[-1]}" if rest.strip() else first
