"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from nexus.celery import app
from referrals.datawash import actions
from referrals.datawash.messages import GO_STALE, PURGE, READ, SWEEP, WASH

# A long list against a large register takes longer than other tasks may; still below visibility_timeout.
SOFT_LIMIT, LIMIT = 840, 870  # seconds


@app.task(name=READ)
def read(wash_id: int) -> None:
    actions.read(wash_id=wash_id, clock=timezone.now)


@app.task(name=WASH, soft_time_limit=SOFT_LIMIT, time_limit=LIMIT)
def wash(wash_id: int) -> None:
    actions.wash(wash_id=wash_id, clock=timezone.now)


@app.task(name=SWEEP)
def sweep() -> None:
    actions.sweep(now=timezone.now())


@app.task(name=GO_STALE)
def go_stale() -> None:
    actions.go_stale(now=timezone.now())


@app.task(name=PURGE)
def purge() -> None:
    actions.purge(now=timezone.now())
