"""Searches whose words must not stand in a URL, because they may be a person's name or number.

The words are posted, kept in the session, and the address carries only a short key to them.
"""

import secrets

from django.http import HttpRequest

SESSION_KEY = "searches"
KEPT = 10  # searches remembered in one session, the newest


def remember(request: HttpRequest, words: str) -> str:
    """Keep the words for this session; the key for the address."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    key = next((key for key, known in kept.items() if known == words), None) or secrets.token_hex(4)
    kept.pop(key, None)
    request.session[SESSION_KEY] = dict([*kept.items(), (key, words)][-KEPT:])
    return key


def recall(request: HttpRequest, key: str) -> str | None:
    """The words of that key; None when there are none, or they belong to another session."""
    words = request.session.get(SESSION_KEY, {}).get(key)
    return words if isinstance(words, str) else None
