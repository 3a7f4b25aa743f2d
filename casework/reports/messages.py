"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Callable, Iterable

from django.db import transaction

from nexus.celery import app

BUILD = "reports.build"
SWEEP = "reports.sweep"
QUEUE_DUE = "reports.queue_due"


def ask_for_building(report_ids: Iterable[int]) -> None:
    """Once the transaction commits, tell a worker of each row. A broker that is down is no error."""
    for report_id in report_ids:
        transaction.on_commit(hint(report_id), robust=True)


def hint(report_id: int) -> Callable[[], object]:
    """A function and no partial: Django logs the name of one that fails, and a partial has none."""
    return lambda: app.send_task(BUILD, args=[report_id])
