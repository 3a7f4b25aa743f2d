"""Everything that changes notifications, e-mails and the choices about them."""

from nexus.notifications.actions.choose import choose
from nexus.notifications.actions.digests import send_digests
from nexus.notifications.actions.notify import Event, notify, notify_all
from nexus.notifications.actions.reading import mark_all_read, mark_read
from nexus.notifications.actions.retry import retry
from nexus.notifications.actions.sending import send
from nexus.notifications.actions.sweep import sweep

__all__ = [
    "Event",
    "choose",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_all",
    "retry",
    "send",
    "send_digests",
    "sweep",
]
