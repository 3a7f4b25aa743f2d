"""Everybody has their own inbox and nobody another's; administrators see which e-mails failed."""

from django.db import models

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import EVERY_ROLE, Role

WHO_MAY = WhoMay(
    {
        "mark_read": EVERY_ROLE,
        "mark_all_read": EVERY_ROLE,
        "choose": EVERY_ROLE,
        "view_parked": frozenset({Role.ADMINISTRATOR}),
        "retry": frozenset({Role.ADMINISTRATOR}),
    }
)


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NotificationQuerySet":
        return self.filter(person=user)


class MailQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MailQuerySet":
        """Administrators see every e-mail's fate; what it says holds no person's data."""
        return self if user.role in WHO_MAY["view_parked"] else self.none()
