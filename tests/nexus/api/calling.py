"""Calling the interface as somebody."""

from typing import Any

from django.test import Client
from django.utils import timezone

from nexus.accounts.models import Scope, TokenGrant, User
from nexus.accounts.tokens import issue

JSON = "application/json"


class Caller:
    """Calls under /api/v1/ with a token of the person's, which was used just now: noting that asks the database."""

    def __init__(self, user: User | None, scope: Scope = Scope.WRITE) -> None:
        self.client = Client(raise_request_exception=True)
        self.headers: dict[str, str] = {}
        self.user = user
        if user is not None:
            now = timezone.now()
            token, text = issue(user, scope=scope, now=now)
            TokenGrant.objects.filter(digest=token.digest).update(last_used_at=now)
            self.headers = {"Authorization": f"Token {text}"}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def opened(self, path: str) -> Any:
        """The same read in a browser: what a program read with a token no person has read."""
        browser = Client()
        browser.force_login(self.user)
        return browser.get(f"/api/v1/{path}")

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def delete(self, path: str) -> Any:
        return self._send("delete", path, None, {})

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        send = getattr(self.client, method)
        return send(f"/api/v1/{path}", body or {}, content_type=JSON, headers={**self.headers, **named})


def errors_of(answer: Any) -> dict[str, list[str]]:
    """What a 400 says, sentences by field."""
    found: dict[str, list[str]] = {}
    for each in answer.json()["errors"]:
        found.setdefault(each["field"], []).append(each["sentence"])
    return found
