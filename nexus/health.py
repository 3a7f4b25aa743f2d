"""Whether this instance can do its work: for the proxy, the container and `up`."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry


@login_not_required
@never_cache
@require_safe
@transaction.non_atomic_requests  # where the database is away there is no transaction to begin
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and queue answer, otherwise 503 saying which does not; nothing else is told."""
    state = {"database": database_answers(), "queue": queue_answers()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def database_answers() -> bool:
    """True when a query comes back."""
    try:
        with connection.cursor() as ask:
            ask.execute("SELECT 1")
            return ask.fetchone() == (1,)
    except DatabaseError:
        return False


def queue_answers() -> bool:
    """True when the broker answers within two seconds."""
    try:
        once = Retry(NoBackoff(), 0)
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, retry=once
        ) as client:
            return bool(client.ping())
    except RedisError:
        return False
