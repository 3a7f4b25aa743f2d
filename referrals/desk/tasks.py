"""The worker's door."""

from django.utils import timezone

from nexus.celery import app
from referrals.desk import actions


@app.task(name="desk.end_idle_claims")
def end_idle_claims() -> None:
    actions.end_idle_claims(now=timezone.now())
