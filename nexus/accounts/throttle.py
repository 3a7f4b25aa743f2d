"""Slowing down whoever guesses passwords, without locking out the person whose account it is.

A browser that has signed in before holds a signed cookie and is counted on its own; all others are
counted together for one e-mail address and network address. So a stranger's failures never stop a
person on the machine they always use. Keys are keyed hashes: no address stands in the cache.

An attempt is counted before its password is hashed, since hashing is what a flood of them would pay for with
everybody's time: `begin` is the one door to `authenticate`.
"""

import logging
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

ATTEMPTS = 10
MINUTES = 15
# Attempts in a minute by browsers that have not signed in before: of one network address, and of all together. Where
# all together are too many, each address still has a few, so that nobody elsewhere is locked out.
PER_ADDRESS = 20
OVERALL = 120
STILL = 3
TOO_MANY = "Too many attempts. Wait {minutes} minutes, then try again"
TOO_MANY_NEAR = "Too many attempts from your network. Wait a minute, then try again"
COOKIE_SECONDS = 180 * 24 * 60 * 60
SALT = "nexus.accounts.throttle"
log = logging.getLogger(__name__)


def _hashed(value: str) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def key(request: HttpRequest, email: str) -> str:
    """What to count failures under for this browser and e-mail address."""
    nonce = known_browser(request, email)
    if nonce:
        return f"sign-in:{_hashed(nonce)}"
    return f"sign-in:{_hashed(email + '|' + request.META.get('REMOTE_ADDR', ''))}"


def known_browser(request: HttpRequest, email: str) -> str:
    """What the browser was given when this person signed in with it, or ""."""
    try:
        device = signing.loads(
            request.COOKIES.get(settings.NEXUS_DEVICE_COOKIE, ""), salt=SALT, max_age=COOKIE_SECONDS
        )
    except signing.BadSignature:
        return ""
    whose, _, nonce = device.partition(":")
    return str(nonce) if whose == _hashed(email) else ""


@dataclass(frozen=True)
class SignInAttempt:
    """One attempt that was counted. `refusal` says why its password may not be looked at, after so many `seconds` it may."""

    own: str
    shared: tuple[str, ...] = ()
    refusal: str = ""
    seconds: int = 0

    def succeeded(self) -> None:
        """The failures before are forgotten, and this attempt was none."""
        forget(self.own)
        for each in self.shared:
            _add(each, -1, seconds=60)


def begin(request: HttpRequest, email: str) -> SignInAttempt:
    """Count the attempt, by what is known of who makes it, and say whether its password may be looked at."""
    own = key(request, email)
    if _add(own, 1, seconds=MINUTES * 60) > ATTEMPTS:
        return SignInAttempt(own, refusal=TOO_MANY.format(minutes=MINUTES), seconds=MINUTES * 60)
    if known_browser(request, email):
        return SignInAttempt(own)
    shared = (f"sign-in-from:{_hashed(request.META.get('REMOTE_ADDR', ''))}", "sign-in-overall")
    near, overall = (_add(counted, 1, seconds=60) for counted in shared)
    if near > PER_ADDRESS or (overall > OVERALL and near > STILL):
        return SignInAttempt(own, shared, TOO_MANY_NEAR, 60)
    return SignInAttempt(own, shared)


def _add(counted: str, number: int, *, seconds: int) -> int:
    """What is counted under it now; the seconds run from the first. 0 when the cache does not answer: nobody is stopped."""
    try:
        cache.add(counted, 0, seconds)
        return int(cache.incr(counted, number))
    except (RedisError, ValueError):  # ValueError: it ran out between the two calls
        log.warning("sign-in throttle has no cache")
        return 0


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
