"""The queue. Messages are hints; rows in the database are the truth."""

import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging, task_failure
from django.db import transaction

from nexus.log_lines import named_by
from nexus.scope import SYSTEM, scope
from nexus.vital_signs import WorkerLives

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")

log = logging.getLogger(__name__)


class SystemTask(Task):
    """A task works for nobody in particular: it sees every force's rows."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with scope(SYSTEM):
            return super().__call__(*args, **kwargs)


app = Celery("nexus", task_cls=SystemTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(WorkerLives)


@setup_logging.connect
def keep_our_logging(**options: Any) -> None:
    """Celery sets up logging of its own unless somebody listens here; ours is in the settings."""


@task_failure.connect
def name_what_failed(
    sender: Any = None, args: Iterable[object] = (), exception: Exception | None = None, **options: Any
) -> None:
    """A line with the task, the row it was about and the kind of error: Celery's own names only its message."""
    found = {"task": getattr(sender, "name", ""), "kind": type(exception).__qualname__}
    log.error("a task failed", extra=found | named_by(args))


def tell_workers(task: str, ids: Iterable[object]) -> None:
    """Once the transaction commits, send this task a message for each row: its id and nothing else.

    A broker that is down is no error, and losing messages loses nothing: the sweep sends them again.
    """
    for row_id in ids:
        transaction.on_commit(_message(task, row_id), robust=True)


def _message(task: str, row_id: object) -> Callable[[], object]:
    """A function and no partial: Django logs the name of one that fails, and a partial has none."""
    return lambda: app.send_task(task, args=[row_id])
