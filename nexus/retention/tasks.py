"""The worker's door."""

from django.utils import timezone

from nexus.celery import app
from nexus.retention import actions


@app.task(name="retention.queue_due")
def queue_due() -> None:
    actions.queue_due(now=timezone.now())
