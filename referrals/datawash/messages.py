"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Callable, Iterable

from django.db import transaction

from nexus.celery import app

WASH = "datawash.wash"
SWEEP = "datawash.sweep"
GO_STALE = "datawash.go_stale"
PURGE = "datawash.purge"


def ask_for_washing(wash_ids: Iterable[int]) -> None:
    """Once the transaction commits, tell a worker of each wash. A broker that is down is no error."""
    for wash_id in wash_ids:
        transaction.on_commit(hint(wash_id), robust=True)


def hint(wash_id: int) -> Callable[[], object]:
    """A function and no partial: Django logs the name of one that fails, and a partial has none."""
    return lambda: app.send_task(WASH, args=[wash_id])
