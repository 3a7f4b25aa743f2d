"""Notifications and e-mails as people meet them: which exist for whom."""

from nexus.notifications.models import Mail, Notification
from nexus.notifications.permissions import WHO_MAY
from nexus.rows import Rows

NOTIFICATIONS = Rows(
    noun="notification", seen=lambda by: Notification.objects.visible_to(by), who_may=WHO_MAY
)
# That an e-mail failed is no secret, and what it says holds no person's data: who may see it is the table's alone.
MAILS = Rows(noun="mail", seen=lambda by: Mail.objects.select_related("person"), who_may=WHO_MAY)
