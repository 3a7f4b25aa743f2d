"""What the ground floor itself does by the schedule."""

from celery import shared_task
from django.utils import timezone

from nexus.metrics.measuring import measure


@shared_task(name="nexus.measure")
def measure_service() -> None:
    """The figures of /metrics/ that are counted in tables."""
    measure(now=timezone.now())
