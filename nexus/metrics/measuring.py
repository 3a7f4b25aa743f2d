"""What is counted in tables and queues: how much waits for a worker and for how long, and which clocks have run out."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from redis import Redis

from nexus.leases import LeasedModel
from nexus.parts import backlogs, parts

MEASURED = "metrics:measured"


def measure(*, now: datetime) -> dict[str, float]:
    """Count, keep it for whoever asks, and return it."""
    found = (
        dict(leases(now))
        | dict(unbegun(now))
        | dict(clocks(now))
        | {"nexus_measured_at_seconds": now.timestamp()}
    )
    cache.set(MEASURED, json.dumps(found), timeout=None)
    return found


def measured() -> dict[str, float]:
    """What was counted last; nothing before the first time."""
    return dict(json.loads(cache.get(MEASURED) or "{}"))


def leases(now: datetime) -> Iterator[tuple[str, float]]:
    """Of every kind of row that workers take: how many wait, since when the oldest does, and whose lease has run out."""
    for model in (
        cast(type[LeasedModel], each) for each in apps.get_models() if issubclass(each, LeasedModel)
    ):
        rows: Any = model._default_manager
        kind = f'{{kind="{model._meta.label_lower}"}}'
        waiting = rows.filter(state__in=model.waiting_states())
        yield f"nexus_waiting_rows{kind}", waiting.count()
        since = waiting.order_by(model.WAITS_SINCE).values_list(model.WAITS_SINCE, flat=True).first()
        yield f"nexus_waiting_seconds{kind}", max(0.0, (now - since).total_seconds()) if since else 0.0
        yield (
            f"nexus_leases_ended{kind}",
            rows.filter(state__in=model.working_states(), lease_ends_at__lt=now).count(),
        )


def unbegun(now: datetime) -> Iterator[tuple[str, float]]:
    """Of work that has no rows of its own: how much of it waits, and since when the oldest does."""
    for backlog in backlogs():
        kind = f'{{kind="{backlog.kind}"}}'
        yield f"nexus_waiting_rows{kind}", backlog.number
        since = backlog.oldest_at
        yield f"nexus_waiting_seconds{kind}", max(0.0, (now - since).total_seconds()) if since else 0.0


def clocks(now: datetime) -> Iterator[tuple[str, float]]:
    """What each part says of its clocks."""
    for part in parts():
        if part.clocks_run_out is not None:
            for clock, number in part.clocks_run_out(now=now).items():
                yield f'nexus_clocks_run_out{{clock="{clock}"}}', number


def messages() -> int:
    """How many messages the broker holds that no worker has taken."""
    with Redis.from_url(settings.REDIS_URL, socket_timeout=1) as queue:
        return int(queue.llen("celery"))
