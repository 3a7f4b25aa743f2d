"""The worker's door."""

from django.utils import timezone

from nexus.celery import app
from referrals.duty_desk import actions


@app.task(name="duty_desk.tell_of_gaps")
def tell_of_gaps() -> None:
    actions.tell_of_gaps(now=timezone.now())
