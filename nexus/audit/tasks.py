"""The worker's doors to verifying the record."""

from celery import shared_task
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit import actions


@shared_task(name=actions.VERIFY)
def verify(by_id: int) -> None:
    """For the auditor who asked."""
    actions.verify_record(by=User.objects.get(pk=by_id), now=timezone.now())


@shared_task(name="audit.keep_head")
def keep_head() -> None:
    """Each minute."""
    actions.keep_head(now=timezone.now())


@shared_task(name="audit.verify_nightly")
def verify_nightly() -> None:
    """Once a night; asked more often, it does nothing."""
    actions.verify_when_due(now=timezone.now())
