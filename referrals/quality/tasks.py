"""The worker's door."""

from django.utils import timezone

from nexus.celery import app
from referrals.quality import actions


@app.task(name="quality.draw_due")
def draw_due() -> None:
    actions.draw_due(now=timezone.now())
