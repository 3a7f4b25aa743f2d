"""A person has read what they were told."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.notifications.actions.steps import locked
from nexus.notifications.models import Notification
from nexus.notifications.permissions import WHO_MAY
from nexus.steps import Lock

lock = Lock(Notification, WHO_MAY)


@transaction.atomic
def mark_read(*, notification_id: int, by: User, now: datetime) -> Notification:
    """One's own notification is read; read twice, the first time stays.

    Raises Notification.DoesNotExist for anybody else's.
    """
    found = lock(notification_id, by=by, verb="mark_read")
    if found.read_at is None:
        found.read_at = now
        found.save(update_fields=["read_at"])
    return found


@transaction.atomic
def mark_all_read(*, by: User, now: datetime) -> int:
    """Everything in one's own inbox is read. Returns how many were not."""
    WHO_MAY.permit("mark_all_read", by)
    return locked(Notification.objects.visible_to(by).filter(read_at=None)).update(read_at=now)
