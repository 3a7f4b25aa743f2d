"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from nexus.celery import app
from referrals.desk import actions


@app.task(name="desk.end_idle_claims")
def end_idle_claims() -> None:
    actions.end_idle_claims(now=timezone.now())


@app.task(name="desk.tell_of_clocks")
def tell_of_clocks() -> None:
    actions.tell_of_clocks(now=timezone.now())


@app.task(name="desk.tell_of_views")
def tell_of_views() -> None:
    actions.tell_of_views(now=timezone.now())
