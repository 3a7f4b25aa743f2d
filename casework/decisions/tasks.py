"""The worker's door."""

from django.utils import timezone

from casework.decisions import actions
from nexus.celery import app


@app.task(name="decisions.watch_appeal_time")
def watch_appeal_time() -> None:
    actions.watch_appeal_time(now=timezone.now())
