"""What the header of every page knows."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from nexus.notifications.queries import unread_count


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread()` for base.html: asked only where the header is rendered, and once a page."""
    user = getattr(request, "user", None)

    @cache
    def unread() -> int:
        return unread_count(user) if user is not None and user.is_authenticated else 0

    counted: Callable[[], int] = unread
    return {"unread": counted}
