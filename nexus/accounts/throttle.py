"""Slowing down whoever guesses passwords, without locking out the person whose account it is.

A browser that has signed in before holds a signed cookie and is counted on its own; all others are
counted together for one e-mail address and network address. So a stranger's failures never stop a
person on the machine they always use. Keys are keyed hashes: no address stands in the cache.
"""

import logging
import secrets

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

ATTEMPTS = 10
MINUTES = 15
COOKIE_SECONDS = 180 * 24 * 60 * 60
SALT = "nexus.accounts.throttle"
log = logging.getLogger(__name__)


def _hashed(value: str) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def key(request: HttpRequest, email: str) -> str:
    """What to count failures under for this browser and e-mail address."""
    try:
        device = signing.loads(
            request.COOKIES.get(settings.NEXUS_DEVICE_COOKIE, ""), salt=SALT, max_age=COOKIE_SECONDS
        )
    except signing.BadSignature:
        device = ""
    whose, _, nonce = device.partition(":")
    if whose == _hashed(email):
        return f"sign-in:{_hashed(nonce)}"
    return f"sign-in:{_hashed(email + '|' + request.META.get('REMOTE_ADDR', ''))}"


def confirmation_key(person_id: int) -> str:
    """What wrong confirmations are counted under: for the person alone, so that nobody shuts out another."""
    return f"confirm:{person_id}"


def is_closed(counted: str) -> bool:
    """Whether there have been too many failures lately. Open when the cache does not answer."""
    try:
        return int(cache.get(counted, 0)) >= ATTEMPTS
    except RedisError:
        log.warning("sign-in throttle has no cache")
        return False


def count(counted: str) -> None:
    """One more failure; the fifteen minutes run from the first."""
    try:
        cache.add(counted, 0, MINUTES * 60)
        cache.incr(counted)
    except (RedisError, ValueError):  # ValueError: it ran out between the two calls
        log.warning("a failed sign-in was not counted")


def forget(counted: str) -> None:
    try:
        cache.delete(counted)
    except RedisError:
        log.warning("sign-in throttle has no cache")


def remember_device(response: HttpResponse, email: str) -> None:
    """Give the browser the cookie that counts it on its own."""
    value = signing.dumps(f"{_hashed(email)}:{secrets.token_urlsafe(16)}", salt=SALT)
    response.set_cookie(
        settings.NEXUS_DEVICE_COOKIE,
        value,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.NEXUS_HTTPS,
    )
