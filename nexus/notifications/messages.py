"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Callable, Iterable

from django.db import transaction

from nexus.celery import app

SEND = "notifications.send"
SWEEP = "notifications.sweep"
DIGESTS = "notifications.digests"


def ask_for_sending(mail_ids: Iterable[int]) -> None:
    """Once the transaction commits, tell a worker of each row. A broker that is down is no error."""
    for mail_id in mail_ids:
        transaction.on_commit(hint(mail_id), robust=True)


def hint(mail_id: int) -> Callable[[], object]:
    """A function and no partial: Django logs the name of one that fails, and a partial has none."""
    return lambda: app.send_task(SEND, args=[mail_id])
