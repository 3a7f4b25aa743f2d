"""Loading the ground floor loads the queue: `@shared_task` then knows which broker to use."""

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from nexus.celery import app as celery_app

SAFE_TO_SERVE = (
    "safe_to_serve"  # the checks that web asks as well before it begins: manage.py does not start it
)

__all__ = ["NexusConfig", "celery_app"]


class NexusConfig(AppConfig):
    """The ground floor: settings, commands and what every other app stands on."""

    name = "nexus"
    label = "nexus"

    def ready(self) -> None:
        """The parts are checked at start; nexus.checks needs the models and cannot be read before."""
        checks.register(import_string("nexus.checks.check_parts"))
        checks.register(import_string("nexus.checks.check_scanner"), SAFE_TO_SERVE)
        checks.register(import_string("nexus.checks.check_secrets"), SAFE_TO_SERVE)
        checks.register(import_string("nexus.checks.check_openid"), SAFE_TO_SERVE)


def refuse_unsafe() -> None:
    """Raises ImproperlyConfigured where the settings must serve nobody."""
    if errors := checks.run_checks(tags=[SAFE_TO_SERVE]):
        raise ImproperlyConfigured("\n".join(str(each) for each in errors))
