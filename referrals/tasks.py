"""The worker's door."""

from django.utils import timezone

from nexus.celery import app
from referrals import actions


@app.task(name="referrals.chase")
def chase() -> None:
    actions.chase(now=timezone.now())
