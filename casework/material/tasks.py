"""The worker's door."""

from django.utils import timezone

from casework.material import actions
from nexus.celery import app


@app.task(name="material.remind")
def remind() -> None:
    actions.remind(now=timezone.now())
