"""The worker's door to sessions."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Remove the rows of sessions that have ended; one that was never signed out of leaves its row behind."""
    call_command("clearsessions")
