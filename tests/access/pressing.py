"""Every verb pressed more than once: what each press after the first adds to the rows, and what it answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from nexus.accounts.roles import Role
from tests.access.routes.table import Route
from tests.access.walking import Walk, allowed, body_of, owners

# What a replay may write: its own key's row is there already, and sessions are no effect.
NO_EFFECT = {"presses_press", "django_session", "django_migrations"}
AUDIT = "audit_auditevent"  # of which only changes are effects: being shown something or refused is none
# What these show, they show once: a second press is told that it has been done, or finds the session ended.
SHOWN_ONCE = {
    "accounts:account": 409,
    "accounts:change_password": 401,
    "accounts:recovery_codes": 409,
}


@dataclass
class Pressing:
    """What was found: which verbs had their effect, how often each was sent again, what that did."""

    walk: Walk
    verbs: set[str] = field(default_factory=set)
    replays: int = 0
    faults: list[str] = field(default_factory=list)

    def go(self, routes: Iterable[Route], *, times: int) -> "Pressing":
        for route in routes:
            for method in route.writes:
                if method == "POST" and not route.public:
                    self.press(route, times)
        return self

    def press(self, route: Route, times: int) -> None:
        """By the first role that may, in a savepoint that is taken back."""
        for role in sorted(route.writes["POST"].roles):
            for owner in owners(route, role):
                with transaction.atomic():
                    done = self.press_as(route, role, owner, times)
                    transaction.set_rollback(True)
                if done:
                    return

    def press_as(self, route: Route, role: Role, owner: str, times: int) -> bool:
        """Whether the first press had an effect, which the others were compared with."""
        if not allowed(route, role, "POST"):
            return False
        key, before = uuid4().hex, rows()
        path, body = self.walk.path(route, role, owner), body_of(route.writes["POST"], self.walk.world, role)
        first = self.sent(route, role, path, body, key)
        after = rows()
        if first[0] >= 400 or after == before:
            return False
        self.verbs.add(route.name)
        for _ in range(times):
            again = self.sent(route, role, path, body, key)
            self.replays += 1
            if again != first and again[0] != SHOWN_ONCE.get(route.name):
                self.faults.append(f"{route.name} as {role}: {first}, then {again}")
            if rows() != after:
                more = {name: rows()[name] - count for name, count in after.items() if rows()[name] != count}
                self.faults.append(f"{route.name} as {role}: again {more}")
        return True

    def sent(self, route: Route, role: Role, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        """The status, and the page it led to or the JSON."""
        client, cookies = self.walk.clients[role]
        client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        for each in body.values():
            if isinstance(each, UploadedFile):
                each.seek(0)
        if route.is_api:
            call: dict[str, Any] = {
                "content_type": "application/json",
                "headers": {"Idempotency-Key": str(key)},
            }
            answer = client.post(path, body, **call)
            return answer.status_code, answer.json() if answer.content else None
        answer = client.post(path, {**body, "press_key": key})
        return answer.status_code, answer.headers.get("Location", "")


def rows() -> dict[str, int]:
    """How many rows each table has."""
    tables = sorted(
        {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
        - NO_EFFECT
    )
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM {table}{' WHERE is_change' if table == AUDIT else ''}"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())
