"""The queue. Messages are hints; rows in the database are the truth."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.db import transaction

from nexus.vital_signs import WorkerLives

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")

app = Celery("nexus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(WorkerLives)


@setup_logging.connect
def keep_our_logging(**options: Any) -> None:
    """Celery sets up logging of its own unless somebody listens here; ours is in the settings."""


def tell_workers(task: str, ids: Iterable[object]) -> None:
    """Once the transaction commits, send this task a message for each row: its id and nothing else.

    A broker that is down is no error, and losing messages loses nothing: the sweep sends them again.
    """
    for row_id in ids:
        transaction.on_commit(_message(task, row_id), robust=True)


def _message(task: str, row_id: object) -> Callable[[], object]:
    """A function and no partial: Django logs the name of one that fails, and a partial has none."""
    return lambda: app.send_task(task, args=[row_id])
