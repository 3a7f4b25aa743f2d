"""/metrics/, for Prometheus: to whoever knows the token of the settings, and to nobody else there is no such page."""

import hmac
import time
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from nexus.metrics.counting import COUNTERS, counted
from nexus.metrics.measuring import measured, messages
from nexus.vital_signs import last_signs


@login_not_required
@never_cache
@require_safe
@transaction.non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure, in Prometheus's text format. 404 without the token."""
    wanted = f"Bearer {settings.NEXUS_METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.NEXUS_METRICS_TOKEN or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Http404
    COUNTERS.add_up()
    return HttpResponse("".join(lines(figures())), content_type="text/plain; version=0.0.4; charset=utf-8")


def figures() -> dict[str, float]:
    """By their names; without a cache or queue only that they are away."""
    try:
        found = counted() | measured() | {"nexus_queue_messages": messages()}
        signs = last_signs().items()
    except RedisError:
        return {"nexus_cache_answers": 0}
    lives = {f'nexus_silent_seconds{{process="{name}"}}': time.time() - at for name, at in signs if at}
    return {"nexus_cache_answers": 1} | found | lives


def lines(found: dict[str, float]) -> Iterator[str]:
    """Sorted, so that the lines of one name stand together, under its type."""
    last = ""
    for name, number in sorted(found.items()):
        family = name.partition("{")[0]
        if family.startswith("nexus_request_seconds"):
            family, kind = "nexus_request_seconds", "histogram"
        else:
            kind = "counter" if family.endswith("_total") else "gauge"
        if family != last:
            yield f"# TYPE {family} {kind}\n"
            last = family
        yield f"{name} {number:g}\n" if number < 1e6 else f"{name} {number:.3f}\n"
