"""The worker's doors."""

from django.utils import timezone

from nexus.celery import app
from referrals import actions


@app.task(name="referrals.chase")
def chase() -> None:
    actions.chase(now=timezone.now())


@app.task(name="referrals.reckon_places")
def reckon_places() -> None:
    actions.reckon_again(now=timezone.now())
