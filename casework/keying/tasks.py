"""The worker's door."""

from django.utils import timezone

from casework.keying import actions
from nexus.celery import app


@app.task(name="keying.exchange")
def exchange() -> None:
    actions.exchange(now=timezone.now())
