"""The worker's door."""

from django.utils import timezone

from casework import actions
from nexus.celery import app


@app.task(name="casework.remind")
def remind() -> None:
    actions.remind(now=timezone.now())


@app.task(name="casework.read_documents")
def read_documents() -> None:
    actions.read_documents(now=timezone.now())
