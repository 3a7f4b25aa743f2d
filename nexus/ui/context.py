"""What every page knows without its view saying so."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from nexus.ui import navigation, unanswered


def page(request: HttpRequest) -> dict[str, Any]:
    """`user`, `navigation`, `success_message()` and `left_open()` for base.html."""
    user = getattr(request, "user", None)
    role = getattr(user, "role", "")

    def success_message() -> str:
        """The message of the last action, once."""
        return next((str(m) for m in reversed(list(messages.get_messages(request)))), "")

    return {
        "user": user,
        "navigation": navigation.top_navigation(role, request.path) if role else None,
        "finder": navigation.finder(role) if role else None,
        "success_message": success_message,
        "left_open": lambda: unanswered.left_open(request),
    }
