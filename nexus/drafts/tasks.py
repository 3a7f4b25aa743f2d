"""The worker's door: reads the clock and calls one action."""

from django.utils import timezone

from nexus.celery import app
from nexus.drafts import actions


@app.task(name="drafts.discard_old")
def discard_old() -> None:
    actions.discard_old_drafts(now=timezone.now())
