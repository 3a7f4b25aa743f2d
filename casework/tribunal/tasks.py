"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from casework.tribunal import actions
from casework.tribunal.messages import BUILD, SWEEP
from nexus.celery import app


@app.task(name=BUILD)
def build(version_id: int) -> None:
    actions.build(version_id=version_id, clock=timezone.now)


@app.task(name=SWEEP)
def sweep() -> None:
    actions.sweep(now=timezone.now())
