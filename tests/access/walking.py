"""Every route, for every role, own and foreign, and by every method: what was answered, and what it held."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from nexus.accounts.roles import POLICE_ROLES, Role
from tests.access import operations, support
from tests.access.routes.table import ASSESSES, RAISES, TRIAGE, Route, Write, exists_for
from tests.access.world import CANARY, CASES, LISTS, MATERIAL, RELEASED, SHARED, TWICE, UNSENT, World

# What an immigration officer raises none of.
NOT_RAISED: tuple[str, ...] = (
    "built",
    "released",
    "settings",
    "paired",
    "drawn",
    "matunneeded",
    *TWICE,
    *LISTS,
    *support.STATES,
    *MATERIAL,
    *RELEASED,
)
NOT_RAISED += operations.STATES
# What a verb may answer to whoever may do it and types nothing: its page, done, what is missing, or the reasons.
LET_IN = (200, 204, 302, 400, 409)
# Where a page or a header leads to: an address stays in histories and in other people's logs.
ADDRESS = re.compile(r"(?:href|src|action)=\"([^\"]*)\"|'location':'([^']*)'")
KEY = {"Idempotency-Key": "6c5d1a9e-2f57-4a9c-9d0c-2f0f5f0a7d11"}
PUBLIC_METHODS_WITHOUT_SESSION = ("accounts:sign_out", "accounts:sign_in", "api:token")


def every_route(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    """The name and the pattern of every address the service answers."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or f"unnamed {pattern.pattern}")), pattern
        else:
            yield from every_route(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)


@dataclass
class Walk:
    """What was found."""

    world: World
    calls: int = 0
    faults: list[str] = field(default_factory=list)
    succeeded: set[tuple[str, str, Role]] = field(default_factory=set)
    canaries_seen: set[tuple[Role, str, str]] = field(default_factory=set)
    clients: dict[Role | None, tuple[Client, SimpleCookie]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role, user in self.world.people.items():
            client = Client()
            client.force_login(user)
            self.clients[role] = client, SimpleCookie(client.cookies.output(header="", sep=";"))
        self.clients[None] = Client(), SimpleCookie()

    def go(self, routes: Iterable[Route], roles: Iterable[Role | None] = (*Role, None)) -> "Walk":
        everybody = list(roles)
        signed_in = [role for role in everybody if role is not None]
        turns = cycle(signed_in)
        for route in routes:
            for method in route.methods:
                # Whether an address has a method does not hang on who asks: each role asks in its turn.
                for role in everybody if is_there(route, method) else (next(turns), None):
                    for owner in owners(route, role):
                        self.call(route, role, owner, method)
        return self

    def call(self, route: Route, role: Role | None, owner: str, method: str) -> None:
        """One call in a savepoint that is taken back, and its judgement."""
        expected = expectation(route, role, owner, method)
        status, text = self.answer(route, role, owner, method)
        self.calls += 1
        where = f"{method} {route.name} [{route.state}, {owner}] as {role.value if role else 'nobody'}"
        may = role is not None and allowed(route, role, method)
        if status != expected and not (may and route.untyped and expected < 400 and status in LET_IN):
            self.faults.append(f"{where}: {status}, not {expected}")
        elif role and allowed(route, role, method) and expected == ok(route, method):
            self.succeeded.add((route.name, method, role))
        for whose, state, place in CANARY.findall(text):
            if not may_know(role, whose, state, place):
                self.faults.append(f"{where}: leaks {whose} {state} {place}")
            elif role:
                self.canaries_seen.add((role, state, place))
        for address in map("".join, ADDRESS.findall(text)):
            if CANARY.search(address):
                self.faults.append(f"{where}: the address {address[:80]} says what was typed")

    def answer(self, route: Route, role: Role | None, owner: str, method: str) -> tuple[int, str]:
        client, cookies = self.clients[role]
        client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        path = self.path(route, role, owner)
        with transaction.atomic():
            if method == "GET":
                response = client.get(path)
            else:
                sent = body_of(route.writes.get(method, Write(frozenset())), self.world, role)
                extra: dict[str, Any] = {"content_type": "application/json"} if route.is_api else {}
                response = getattr(client, method.lower())(path, sent, headers=KEY, **extra)
            found = response.status_code, text_of(response)
            transaction.set_rollback(True)
        return found

    def path(self, route: Route, role: Role | None, owner: str) -> str:
        return reverse(route.name, kwargs=self.parts(route, role, owner))

    def parts(self, route: Route, role: Role | None, owner: str) -> dict[str, Any]:
        """What stands in the address of this thing."""
        if route.state is None:
            return {name: part[1:] for name, part in route.address.items()}
        thing = self.world.of(whose(role, owner, route.state), route.state)
        parts = {name: route.address.get(name, name) for name in address_of(route.name)}
        return {name: part[1:] if part.startswith("=") else thing[part] for name, part in parts.items()}


ADDRESSES: dict[str, list[str]] = {}


def address_of(name: str) -> list[str]:
    """The names of the parts of an address."""
    if not ADDRESSES:
        ADDRESSES.update({found: list(pattern.pattern.converters) for found, pattern in every_route()})
    return ADDRESSES[name]


def owners(route: Route, role: Role | None) -> tuple[str, ...]:
    """The force's roles walk their own things and others'; to the rest all forces are alike, and nobody owns any."""
    return ("own", "foreign") if route.state and role in RAISES else ("foreign",)


def whose(role: Role | None, owner: str, state: str) -> str:
    """Whose thing that is: an immigration officer's own are those they raised."""
    if role == Role.IMMIGRATION_OFFICER and state not in NOT_RAISED:
        return "raised" if owner == "own" else "own"
    return owner


def allowed(route: Route, role: Role, method: str) -> bool:
    if method == "GET":
        return route.reads is not None and role in route.reads
    return method in route.writes and role in route.writes[method].roles


def ok(route: Route, method: str) -> int:
    return route.ok if method == "GET" else route.writes[method].ok


def expectation(route: Route, role: Role | None, owner: str, method: str) -> int:
    """The one status this call must answer."""
    if role is None:
        return expected_of_nobody(route, method)
    if not is_there(route, method):
        return 405
    if not route.listed and not exists_for(role, owner, route.state, as_case=route.as_case):
        return 404
    return ok(route, method) if allowed(route, role, method) else 403


def is_there(route: Route, method: str) -> bool:
    """Whether the address answers this method at all."""
    return route.reads is not None if method == "GET" else method in route.writes


def expected_of_nobody(route: Route, method: str) -> int:
    if route.public and not (route.name == "api:token" and method != "POST"):
        if not is_there(route, method):
            return 405
        return 200 if (route.name, method) == ("accounts:sign_in", "GET") else ok(route, method)
    return 401 if route.is_api or method != "GET" else 302


def may_know(role: Role | None, whose: str, state: str, place: str) -> bool:
    """Whether what the canary stands for may reach this role, wherever it is read."""
    if state in operations.STATES:
        return operations.may_know(role, whose, state, shared=place == SHARED)
    if state in support.STATES:
        return support.may_know(role, whose, state)
    if role in POLICE_ROLES:
        return whose in ("own", "raised") and place == SHARED
    if role == Role.IMMIGRATION_OFFICER:
        return whose == "raised" and place == SHARED
    if role in TRIAGE:
        return state not in UNSENT
    if role == Role.CIO_HMI and state == "call":
        return True
    return role in ASSESSES and state in (*CASES, *MATERIAL)


def body_of(write: Write, world: World, role: Role | None) -> dict[str, Any]:
    return dict(write.body(world, role or Role.AUDITOR) if callable(write.body) else write.body)


def text_of(response: Any) -> str:
    """Everything a reader could find in the answer, without spaces: headers, page, file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if content.startswith(b"%PDF"):
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            text = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    else:
        text = content.decode("utf-8", "replace")
    assert kind or response.status_code in (204, 302), response
    return re.sub(r"\s", "", f"{response.headers}{text}").lower()
