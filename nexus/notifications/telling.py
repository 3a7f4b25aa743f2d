"""Telling a person of their own account. The link leads to the page of it."""

from datetime import datetime

from nexus.accounts.models import User
from nexus.notifications.actions import notify


def tell_of_account(*, person: User, kind: str, event_key: str, now: datetime) -> None:
    """Once for each `event_key`; a message that no e-mail has taken yet is unread again."""
    notify(event_key=event_key, kind=kind, to=[person], now=now, url_name="accounts:account", renewed=True)
