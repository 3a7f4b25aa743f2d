"""The worker's door."""

from nexus.celery import app
from nexus.presses import guard


@app.task(name="presses.forget_old")
def forget_old() -> None:
    """Keys are kept for a day."""
    guard.forget_old()
