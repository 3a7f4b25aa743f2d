"""Schemathesis, which knows the schema and nothing else of us: no failure, and no status, type or shape that is not in it.

It calls every operation, as a force and as the Home Office, on things that are there, with what the schema allows and
with what it does not; and it follows the links from answer to call, each chain on what the calls before it left.
The usual examples are always the same; NEXUS_SCHEMATHESIS_EXAMPLES tries as many new ones of each.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework import status
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.generation.stateful.state_machine import normalize_name

from nexus.accounts.program_scopes import READS, WRITES, choices
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.api.schema import schema
from referrals.api.serializers import ReferralLineSerializer
from tests import contract
from tests.access.routes import ROUTES
from tests.access.routes.table import Route
from tests.access.walking import Walk, allowed, every_route
from tests.access.world import World
from tests.figures import FULL_SIZE
from tests.nexus.api.calling import Caller
from tests.nexus.api.test_schema import plain
from tests.programs import ProgramCaller, a_program

MORE = os.environ.get("NEXUS_SCHEMATHESIS_EXAMPLES", "100" if FULL_SIZE in os.environ else "")
EACH, CHAINS, STEPS = int(MORE or 2), int(MORE or 5), 12
ALWAYS_THE_SAME: dict[str, Any] = {
    "derandomize": not MORE,
    "database": None,
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
HELD_TO = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
KEY = "Idempotency-Key"
MARKS = ("If-Match", "If-None-Match")  # a chain changes what it has just read
FORCE, HOME_OFFICE = "a force", "the Home Office"
SIDES = {FORCE: POLICE_ROLES, HOME_OFFICE: frozenset(Role) - POLICE_ROLES}


SERVED = get_wsgi_application()
AROUND_A_CALL = (request_started, request_finished)


def on_one_connection(environ: Any, start_response: Any) -> Any:
    """The service, in the transaction in which the world stands: no call ends the connection, as with Django's own client
    (which connects these again after each of its calls)."""
    for signal in AROUND_A_CALL:
        signal.disconnect(close_old_connections)
    return SERVED(environ, start_response)


@pytest.fixture(scope="module")
def api(world: World) -> Iterator[Any]:
    """The schema, with the service behind it."""
    yield served()
    for signal in AROUND_A_CALL:
        signal.connect(close_old_connections)


def served() -> Any:
    made = schemathesis.openapi.from_dict(schema())
    made.config.phases.stateful.inference.algorithms = []  # the schema says what follows what
    made.app = on_one_connection
    return made


def chains(headers: dict[str, str]) -> Any:
    """Of calls along the links: each begins at a whole list that this caller may read, or with something new that they may
    make, and goes on from what stands there now."""
    made, keys = served(), count(1)

    @made.hook
    def map_query(context: Any, query: Any) -> Any:
        return {} if context.operation.method == "get" else query

    @made.hook
    def map_headers(context: Any, sent: Any) -> Any:
        found = {name: value for name, value in (sent or {}).items() if name not in MARKS}
        return {**found, KEY: str(UUID(int=next(keys)))} if KEY in found else found

    machine = made.as_state_machine()
    closed = [label for label in machine._root_labels if "{" in label or refused(label, headers)]
    return type("OpenTo", (machine,), {normalize_name(f"RANDOM -> {label}"): None for label in closed})


def refused(label: str, headers: dict[str, str]) -> bool:
    """Whether this caller may not do it at all."""
    method, path = label.split()
    with transaction.atomic():
        answer = Client().generic(method, path, headers=headers, content_type="application/json")
        transaction.set_rollback(True)
    return answer.status_code == status.HTTP_403_FORBIDDEN


def routes() -> dict[str, list[Route]]:
    """The rows of the access matrix by address, as the schema writes it."""
    patterns = dict(every_route())
    found: dict[str, list[Route]] = {}
    for route in ROUTES:
        if route.is_api:
            address = plain(str(patterns[route.name].pattern)).removeprefix("v1/")
            found.setdefault(contract.API + address, []).append(route)
    return found


class Trying:
    """The calls of one side: on what, as whom, and what was wrong with the answers."""

    def __init__(self, world: World, side: str) -> None:
        self.world, self.walk, self.roles = world, Walk(world), SIDES[side]
        self.routes, self.callers = routes(), dict[Role, Caller]()
        self.faults: list[str] = []
        self.answers: Counter[tuple[str, int]] = Counter()

    def chosen(self, operation: Any) -> tuple[Route, Role, bool]:
        """A thing on which somebody of this side may do it; else any, with somebody who may not."""
        found = self.routes[operation.path]
        for route in found:
            for role in Role:
                if role in self.roles and allowed(route, role, operation.method.upper()):
                    return route, role, True
        return found[0], next(role for role in Role if role in self.roles), False

    def address(self, route: Route, role: Role) -> dict[str, Any]:
        """The parts of its address."""
        return self.walk.parts(route, role, "own" if role in POLICE_ROLES else "foreign")

    def headers(self, role: Role) -> dict[str, str]:
        """A token of a person of this role."""
        if role not in self.callers:
            self.callers[role] = Caller(self.world.people[role])
        return self.callers[role].headers

    def go(self, operation: Any) -> None:
        """Some calls of this operation, each taken back. What the schema forbids is tried where it says anything of a body
        or a query; who may not do it at all asks once."""
        route, role, may = self.chosen(operation)
        address, headers = self.address(route, role), self.headers(role)
        for mode, each in ((GenerationMode.POSITIVE, EACH), (GenerationMode.NEGATIVE, EACH // 2)):
            if mode == GenerationMode.POSITIVE or (may and (operation.body or operation.query)):
                cases = operation.as_strategy(generation_mode=mode, path_parameters=address)
                self.call(operation, cases, headers, each if may else 1)

    def call(self, operation: Any, cases: Any, headers: dict[str, str], each: int) -> None:
        """So many of these cases."""

        @settings(max_examples=each, **ALWAYS_THE_SAME)
        @given(case=cases)
        def one(case: Any) -> None:
            with transaction.atomic():
                answer = case.call(headers=headers)
                transaction.set_rollback(True)
            self.answers[operation.label, answer.status_code] += 1
            self.faults += faults_in(case, answer)

        one()


def faults_in(case: Any, answer: Any) -> list[str]:
    """What schemathesis says is wrong, with the call."""
    try:
        case.validate_response(answer, checks=CHECKS.get_by_names(HELD_TO))
    except schemathesis.errors.FailureGroup as wrong:
        call = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:600]
        return [f"{call}: {answer.status_code} {each}" for each in wrong.exceptions]
    return []


@pytest.mark.parametrize("side", SIDES)
def test_schemathesis_finds_nothing_in_any_operation(world: World, api: Any, side: str) -> None:
    trying = Trying(world, side)
    operations = [each.ok() for each in api.get_all_operations()]
    for operation in operations:
        trying.go(operation)
    assert trying.faults == [], f"{len(trying.faults)}:\n\n" + "\n\n".join(trying.faults[:40])
    assert {label for label, _ in trying.answers} == {operation.label for operation in operations}
    assert len(done(trying.answers)) >= 50


def done(answers: Mapping[tuple[str, int], int]) -> set[str]:
    """The operations that did what was asked at least once."""
    return {label for label, number in answers if status.is_success(number)}


def every_scope() -> list[str]:
    """All that a program may be granted."""
    return [scope for how in (READS, WRITES) for scope, _ in choices(how)]


def a_program_of(world: World, person: Role, officer: Role) -> dict[str, str]:
    """The headers of a program that somebody answers for, acting for an officer."""
    people = world.people
    program = a_program(people[person], *every_scope(), by=people[Role.ADMINISTRATOR])
    return ProgramCaller(program, officer=people[officer]).headers


FOLLOWERS: dict[str, Callable[[World], dict[str, str]]] = {
    "a force's program": lambda world: a_program_of(world, Role.FORCE_LEAD, Role.POLICE_OFFICER),
    "a Home Office program": lambda world: a_program_of(world, Role.MANAGER, Role.REFERRALS_OFFICER),
    "a case owner": lambda world: Caller(world.people[Role.CASE_OWNER]).headers,
}


@pytest.mark.parametrize("who", FOLLOWERS)
def test_schemathesis_finds_nothing_along_the_links(world: World, api: Any, who: str) -> None:
    headers, faults, answers = FOLLOWERS[who](world), list[str](), Counter[tuple[str, int]]()

    class Chain(chains(headers)):
        """Calls one after the other, on what the ones before left; what a chain has done is taken back at its end."""

        def setup(self) -> None:
            self.taken_back = transaction.atomic()
            self.taken_back.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.taken_back.__exit__(None, None, None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": headers}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            answers[case.operation.label, response.status_code] += 1
            faults.extend(faults_in(case, response))

    Chain.run(settings=settings(max_examples=CHAINS, stateful_step_count=STEPS, **ALWAYS_THE_SAME))
    assert faults == [], f"{len(faults)}:\n\n" + "\n\n".join(faults[:40])
    by_links = {label for label, _ in answers if "{" in label}
    assert len(done(answers)) >= 6 and len(by_links) >= 8 and done(answers) & by_links


def test_schemathesis_says_what_is_not_in_the_schema(
    world: World, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another shape, and a failure: each is found, or nothing found above would mean nothing."""
    monkeypatch.setattr(contract, "violations", lambda *answer: ())  # which would find it first
    trying, operation = Trying(world, FORCE), api["/api/v1/referrals/"]["GET"]
    line = ReferralLineSerializer.to_representation

    def another_shape(serializer: Any, row: Any) -> Any:
        return {**line(serializer, row), "state": "no such state"}

    def failing(serializer: Any, row: Any) -> Any:
        raise ZeroDivisionError

    for put_in, found in ((another_shape, "no such state"), (failing, "Server error")):
        monkeypatch.setattr(ReferralLineSerializer, "to_representation", put_in)
        trying.go(operation)
        assert found in "".join(trying.faults)
