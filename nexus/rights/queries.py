"""What waits of the requests for access."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.parts import WorkWaiting
from nexus.rights.models import AccessRequest
from nexus.rights.permissions import WHO_MAY
from nexus.rights.states import State


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py."""
    if user.role in WHO_MAY["answer"]:
        waiting = AccessRequest.objects.filter(state=State.RECEIVED)
        late = waiting.filter(due_on__lt=timezone.localdate(now))
        yield WorkWaiting("Requests for access to answer", waiting, reverse("rights:register"), late)
