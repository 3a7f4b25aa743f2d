"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from casework.reports import actions
from casework.reports.actions import counting
from casework.reports.messages import BUILD, QUEUE_DUE, SWEEP
from nexus.celery import app


@app.task(name=BUILD)
def build(report_id: int) -> None:
    actions.build(report_id=report_id, clock=timezone.now)


@app.task(name=SWEEP)
def sweep() -> None:
    actions.sweep(now=timezone.now())


@app.task(name="reports.count_what_moved")
def count_what_moved() -> None:
    counting.count_what_moved()


@app.task(name="reports.count_everything_again")
def count_everything_again() -> None:
    counting.count_everything_again()


@app.task(name=QUEUE_DUE)
def queue_due() -> None:
    actions.queue_due(now=timezone.now())
