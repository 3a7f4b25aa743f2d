"""The worker's door."""

from django.utils import timezone

from casework.support import actions
from nexus.celery import app


@app.task(name="support.chase")
def chase() -> None:
    actions.chase(now=timezone.now())
