"""Whatever is sent, nothing answers 500: bodies to every endpoint, addresses and filters to every page.

A failure in a view is raised by the test client, so that what Hypothesis finds comes with its traceback.
"""

import contextlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.api.schema import schema
from nexus.ui import fields
from tests.access.walking import every_route
from tests.builders import (
    a_case_in,
    a_complete_draft,
    a_draft_decision,
    a_user,
    an_assigned_case,
    in_triage,
)
from tests.casework.engagement.builders import a_draft as a_draft_engagement
from tests.casework.engagement.builders import filled
from tests.casework.material import builders as material
from tests.casework.support import builders as support
from tests.figures import FULL_SIZE, Figure

# Of each test. The usual ones are always the same; a number in the environment tries as many new ones.
MORE = os.environ.get("NEXUS_HOSTILE_EXAMPLES", "20000" if FULL_SIZE in os.environ else "")
EXAMPLES = int(MORE or 120)
CHEAP = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not MORE,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What forms and databases choke on: NUL, lone surrogates, direction marks, huge numbers, odd dates.
NASTY: st.SearchStrategy[Any] = st.sampled_from(
    [
        "\x00", "\ud800", "\u202eabc", "😀" * 50, "9" * 5000, "-1", "1e999", "NaN", "0001-01-01", "9999-12-31",
        "2026-02-30", "١٢٣", "'; DROP TABLE users; --", "{{7*7}}", "%s%n", "../../etc/passwd", " ", "yes", "on",
        10**40, -1, 0, 2**31, 1.5, True, False, None, [], {}, [[]], {"a": {"b": []}}, ["x"] * 300,
    ]
)  # fmt: skip
VALUES = NASTY | st.text(max_size=40) | st.integers() | st.dates().map(str) | st.booleans()


@dataclass
class Target:
    """Things to aim at, and who aims."""

    clients: dict[Role, tuple[Client, str]]
    parts: dict[str, list[Any]]

    def client(self, role: Role) -> Client:
        """Signed in, whatever the call before has done: its session is taken back, so is its cookie."""
        client, cookies = self.clients[role]
        client.cookies = SimpleCookie(cookies)
        return client


@pytest.fixture(scope="module")
def target(django_db_setup: None, django_db_blocker: Any) -> Iterator[Target]:
    with django_db_blocker.unblock(), transaction.atomic():
        people: dict[Role, User] = {role: a_user(role) for role in Role}
        draft = a_complete_draft(by=people[Role.POLICE_OFFICER])
        triage = in_triage(by=people[Role.POLICE_OFFICER], officer=people[Role.REFERRALS_OFFICER])
        case = an_assigned_case(case_owner=people[Role.CASE_OWNER])
        references = [
            each.reference for each in (draft, triage, case.referral, a_case_in("allocated").referral)
        ]
        clients = {}
        for role, user in people.items():
            client = Client()
            client.force_login(user)
            clients[role] = client, client.cookies.output(header="", sep=";")
        yield Target(
            clients,
            {
                "engagement_id": [filled(a_draft_engagement(case=case)).pk],
                "material_id": [material.requested(case=case).pk],
                "request_id": [support.a_draft(case=case).pk, support.with_force(case=case).pk],
                "decision_id": [a_draft_decision(case).pk],
                "reference": references,
                "section": ["identity", "referrer", "harm", "immigration", "commitment"],
                "kind": ["alias", "nationality", "conduct"],
                "user_id": [people[Role.AUDITOR].pk],
                "row_id": [draft.nationalities.get().pk],
                "code": ["20"],
            },
        )
        transaction.set_rollback(True)


def operations() -> list[tuple[str, str, tuple[str, ...]]]:
    """(method, path, names a body may have) of everything the schema offers."""
    found = []
    shapes = schema()["components"]["schemas"]
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            found.append((method, path, tuple(shapes.get(name, {}).get("properties", ()))))
    return found


def test_every_endpoint_is_in_the_schema() -> None:
    routes = [pattern for name, pattern in every_route() if name.startswith("api:") and name != "api:schema"]
    assert len({path for _, path, _ in operations()}) == len(routes)


def a_body(target: Target, data: st.DataObject) -> int:
    method, path, names = data.draw(st.sampled_from(operations()))
    role = data.draw(
        st.sampled_from([Role.POLICE_OFFICER, Role.REFERRALS_OFFICER, Role.CASE_OWNER, Role.MANAGER])
    )
    keys = st.sampled_from(names) if names else st.text(max_size=5)
    body = data.draw(st.dictionaries(keys | st.text(max_size=5), VALUES, max_size=8) | VALUES)
    for part in re.findall(r"{(\w+)}", path):
        known = target.parts.get(part, [])
        value = data.draw(st.sampled_from([*known, *known, 10**25 if part.endswith("_id") else "nothing"]))
        path = path.replace(f"{{{part}}}", str(value))
    with transaction.atomic():
        answer = target.client(role).generic(
            method.upper(),
            path,
            json.dumps(body).encode(),
            content_type="application/json",
            headers={
                "Idempotency-Key": data.draw(st.sampled_from(["3f0a2c1e-7d43-4a0e-9a36-2b1f8f2f1d11", "x"]))
            },
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500
    assert answer.status_code == 204 or answer.headers["Content-Type"].startswith("application/")
    return answer.status_code


PAGES = sorted(
    (name, tuple(pattern.pattern.converters))
    for name, pattern in every_route()
    if not name.startswith("api:")
)


def an_address(target: Target, data: st.DataObject) -> int:
    name, parts = data.draw(st.sampled_from(PAGES))
    role = data.draw(st.sampled_from(list(Role)))
    fields = st.sampled_from(
        ["after", "before", "sort", "state", "force", "age", "held_by", "route", "find", "person", "kind", "due",
         "since-day", "since-month", "since-year", "made_from-year", "case_owner", "return", "still", "stalled"]
    )  # fmt: skip
    query = data.draw(st.dictionaries(fields, VALUES.map(str), max_size=4))
    path = address(name, parts, target, data)
    with transaction.atomic():
        answer = target.client(role).get(f"{path}?{encoded(query)}")
        transaction.set_rollback(True)
    return answer.status_code


def address(name: str, parts: tuple[str, ...], target: Target, data: st.DataObject) -> str:
    """The page's path with parts that exist, or such as nobody would give."""
    nasty = ["\x00", "ü", "..", "NHH-0000-000000", "%", "9" * 40]
    chosen = {part: data.draw(st.sampled_from([*target.parts.get(part, []), *nasty])) for part in parts}
    try:
        return reverse(name, kwargs=chosen)
    except NoReverseMatch:
        return "/" + "/".join(quote(str(value), safe="") for value in chosen.values())


def encoded(query: dict[str, str]) -> str:
    return "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in query.items()
    )


def a_form(target: Target, data: st.DataObject) -> int:
    name, parts = data.draw(st.sampled_from(PAGES))
    role = data.draw(
        st.sampled_from([Role.POLICE_OFFICER, Role.REFERRALS_OFFICER, Role.CASE_OWNER, Role.ADMINISTRATOR])
    )
    names = st.sampled_from(
        ["reason", "reasons", "balance", "route", "held_by", "surname", "date_of_birth-year", "date_of_birth-day",
         "date_of_birth-precision", "pnc_id", "version", "later", "step", "decision", "due_on-year", "question",
         "case_owner", "owner", "title", "next_action_on-month", "kind", "shared_with_force", "words", "email",
         "role", "force", "team", "full_name", "engaged_on-day", "name", "which", "checked", "key", "custody_clock_time",
         "harm_physical", "age_at_arrival", "file", "upload", "token", "next", "carried"]
    )  # fmt: skip
    body = data.draw(st.dictionaries(names, VALUES.map(str), max_size=8))
    path = address(name, parts, target, data)
    sent = "&".join(f"{key}={quote(value.encode('utf-8', 'surrogatepass'))}" for key, value in body.items())
    with transaction.atomic():
        answer = target.client(role).post(path, sent, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize(
    ("what", "send"), [("calls", a_body), ("addresses and filters", an_address), ("forms", a_form)]
)
def test_nothing_sent_breaks_anything(
    target: Target, figure: Figure, what: str, send: Callable[[Target, st.DataObject], int]
) -> None:
    answers: Counter[bool] = Counter()

    @CHEAP
    @given(data=st.data())
    def send_one(data: st.DataObject) -> None:
        status = send(target, data)
        answers[status >= 500] += 1
        assert status < 500

    send_one()
    figure(14, f"{answers.total():,} {what} sent, {answers[True]} answers of 500", holds=not answers[True])


def test_what_once_broke_a_page(target: Target) -> None:
    client = target.client(Role.CASE_OWNER)
    assert client.get("/cases/%00/").status_code == 404
    assert client.post("/account/tokens/revoke/", {"token": "a\x00"}).status_code == 302


@pytest.mark.parametrize("guarded", [True, False])
def test_without_the_check_of_characters_a_text_breaks_an_endpoint(
    target: Target, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Sabotage: half of a surrogate pair is refused, or the database cannot store it."""
    if not guarded:
        monkeypatch.setattr(fields, "has_hidden_characters", lambda value, **kwargs: False)
    reference = target.parts["reference"][2]
    path = reverse("api:case_add_note", kwargs={"reference": reference})
    body = json.dumps({"text": "\ud800 has rung"})
    with transaction.atomic(), contextlib.nullcontext() if guarded else pytest.raises(UnicodeEncodeError):
        answer = target.client(Role.CASE_OWNER).post(path, body, content_type="application/json")
        transaction.set_rollback(True)
        assert answer.status_code == 400
