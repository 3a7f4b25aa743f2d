"""Loading the ground floor loads the queue: `@shared_task` then knows which broker to use."""

from django.apps import AppConfig

from nexus.celery import app as celery_app

__all__ = ["NexusConfig", "celery_app"]


class NexusConfig(AppConfig):
    """The ground floor: settings, commands and what every other app stands on."""

    name = "nexus"
    label = "nexus"
