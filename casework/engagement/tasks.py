"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from casework.engagement import actions
from nexus.celery import app


@app.task(name="engagement.expire")
def expire() -> None:
    actions.expire(now=timezone.now())


@app.task(name="engagement.tell_of_overdue")
def tell_of_overdue() -> None:
    actions.tell_of_overdue(now=timezone.now())
