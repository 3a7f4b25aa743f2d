"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from nexus.celery import app
from nexus.notifications import actions
from nexus.notifications.messages import DIGESTS, SEND, SWEEP


@app.task(name=SEND)
def send(mail_id: int) -> None:
    actions.send(mail_id=mail_id, clock=timezone.now)


@app.task(name=SWEEP)
def sweep() -> None:
    actions.sweep(now=timezone.now())


@app.task(name=DIGESTS)
def digests() -> None:
    actions.send_digests(now=timezone.now())
