"""Which rows PostgreSQL itself shows: the second wall, behind each part's `visible_to`.

Every request, task and command has a scope. Each of its transactions begins by saying it (nexus/database/base.py), for
that transaction alone: nothing is left in the connection, so that a proxy may give the next transaction another one.
Without a scope no protected row exists. What a scope shows of each table says nexus/row_security.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nexus.accounts.roles import POLICE_ROLES

# A role of PostgreSQL that nobody signs in as: the runtime role takes it for a transaction. It sees every force's rows.
OFFICE = "nexus_office"


@dataclass(frozen=True)
class Scope:
    """`name` is nobody, force, office or system; `person` is whose own rows it shows besides."""

    name: str
    force: int | None = None
    person: int | None = None

    def statement(self, *, roles: bool = True) -> str:
        """What says it to PostgreSQL until the transaction ends. Numbers and fixed words: nothing to quote.

        SET and no SELECT: a transaction may still choose its isolation afterwards. Without `roles` the one role that
        there is does everything, owns the tables and is shown every row.
        """
        said = {"nexus.scope": self.name, "nexus.force": self.force or "", "nexus.person": self.person or ""}
        role = OFFICE if self.name in {"office", "system"} else "none"
        statements = [f"SET LOCAL {name} = '{value}'" for name, value in said.items()]
        return "; ".join([*statements, f"SET LOCAL ROLE {role}"] if roles else statements)


NOBODY = Scope("nobody")
SYSTEM = Scope("system")  # tasks, commands, and what a request does to rows that its person may not see


def scope_of(user: Any) -> Scope:
    """The police: their own force's rows. Everybody else who signed in works at the Home Office."""
    if not user.is_authenticated:
        return NOBODY
    if user.role in POLICE_ROLES:
        return Scope("force", force=user.force_id, person=user.pk)
    return Scope("office", person=user.pk)


@contextmanager
def scope(wanted: Scope) -> Iterator[None]:
    """The rows of the block are those of this scope, and afterwards those of the one before."""
    before = current_scope()
    take_scope(wanted)
    try:
        yield
    finally:
        take_scope(before)


def current_scope() -> Scope:
    """Of this thread's connection."""
    found: Scope = connection.scope  # type: ignore[attr-defined]  # our own backend's
    return found


def take_scope(wanted: Scope) -> None:
    """From here on, where who asks is found out on the way, as by a token. The middleware ends it."""
    connection.take_scope(wanted)  # type: ignore[attr-defined]


class NobodyMiddleware:
    """Before it is known who asks, and after it was answered, a request is nobody's: in a test as in the service."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The first of all."""
        with scope(NOBODY):
            response: HttpResponseBase = self.get_response(request)
        return response


class ScopeMiddleware:
    """A request has the scope of who makes it, once that is known."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """What is streamed is read after this returns, and in the same scope."""
        wanted = scope_of(request.user)
        with scope(wanted):
            response: HttpResponseBase = self.get_response(request)
        if response.streaming:
            response.streaming_content = streamed(response.streaming_content, wanted)  # type: ignore[attr-defined]
        return response


def streamed(content: Any, wanted: Scope) -> Iterator[Any]:
    """The same pieces, each made in that scope."""
    pieces = iter(content)
    while True:
        with scope(wanted):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
