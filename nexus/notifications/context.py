"""What the header of every page knows."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from nexus.notifications.queries import unread_count

COUNTED = "unread_counted"


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread()` for base.html: asked only where the header is rendered, and once a page."""
    user = getattr(request, "user", None)

    @cache
    def unread() -> int:
        if (counted := getattr(request, COUNTED, None)) is not None:
            return int(counted)
        return unread_count(user) if user is not None and user.is_authenticated else 0

    asked: Callable[[], int] = unread
    return {"unread": asked}


def counted_already(request: HttpRequest, number: int) -> None:
    """For a page that has counted the unread ones (`unread_of`) in one statement with others."""
    setattr(request, COUNTED, number)
