"""A double press has one effect: the key of the form is kept in the transaction of what it did."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from casework.models import ProgressEvent
from nexus.accounts.models import Team, User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.presses import guard
from nexus.presses.models import Press
from tests.access.walking import every_route
from tests.builders import a_submitted, a_user, an_assigned_case
from tests.nexus.api.calling import Caller

pytestmark = pytest.mark.django_db
ADD = "/administration/teams/add/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def key_of(client: Client, address: str) -> str:
    """The key that a page's form carries; each form of each page has its own."""
    keys = re.findall(r'name="press_key" value="([0-9a-f]{32})"', client.get(address).text)
    assert keys and len(keys) == len(set(keys))
    return str(keys[-1])


def shared_progress(times: int) -> tuple[int, int, int]:
    """Pressed so often: how many events, entries, and lines that the force reads there are of it."""
    case = an_assigned_case()
    assert case.case_owner
    client = signed_in(case.case_owner)
    address = reverse("casework:record_progress", args=[case.referral.reference])
    today = timezone.localdate()
    sent = {
        "kind": "contact",
        "happened_on-day": today.day,
        "happened_on-month": today.month,
        "happened_on-year": today.year,
        "text": "The removal window is booked for next week.",
        "shared_with_force": "yes",
        "press_key": key_of(client, address),
    }
    before = ProgressEvent.objects.count()
    answers = [client.post(address, sent) for _ in range(times)]
    assert [answer.status_code for answer in answers] == [302] * times, answers[0].text
    assert len({answer.headers["Location"] for answer in answers}) == 1
    return (
        ProgressEvent.objects.count() - before,
        AuditEvent.objects.filter(kind="case.progress_recorded").count(),
        signed_in(case.referral.created_by)
        .get(f"/referrals/{case.referral.reference}/")
        .text.count(sent["text"]),
    )


def test_progress_shared_with_a_force_and_sent_three_times_is_told_once() -> None:
    assert shared_progress(3) == (1, 1, 1)


def test_without_the_key_it_is_told_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    first = guard.claimed
    monkeypatch.setattr(guard, "claimed", lambda by, key, **where: first(by, uuid4().hex, **where))
    assert shared_progress(3) == (3, 3, 3)


def test_another_answer_on_the_same_page_is_another_press_and_a_refused_one_may_be_sent_again() -> None:
    admin = signed_in(a_user(Role.ADMINISTRATOR))
    key = key_of(admin, ADD)
    for name in ("", "Red", "Red", "Blue"):
        admin.post(ADD, {"name": name, "press_key": key})
    assert Team.objects.filter(name__in=("Red", "Blue")).count() == 2
    assert Press.objects.count() == 2  # what was refused left nothing behind


def test_what_is_shown_once_is_neither_made_nor_shown_twice() -> None:
    """A token: the second press neither makes another nor shows the first again."""
    person = a_user(Role.MANAGER)
    client, address = signed_in(person), reverse("accounts:account")
    sent = {"press_key": uuid4().hex}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code) == (200, 409)
    assert "done already" in second.text
    assert AuditEvent.objects.filter(kind="user.token_created").count() == 1


def test_a_call_with_a_key_gives_its_first_answer_again_and_409_for_another_body() -> None:
    caller = Caller(a_user(Role.REFERRALS_OFFICER))
    path, key = f"referrals/{a_submitted().reference}/claim/", "my key 7"
    first, second = (caller.post(path, {}, Idempotency_Key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert AuditEvent.objects.filter(kind="referral.claimed").count() == 1
    other = caller.post(path, {"reason": "x"}, Idempotency_Key=key)
    assert other.status_code == 409 and "another body" in other.json()["reasons"][0]
    assert caller.post(path, {}, Idempotency_Key="x" * 65).status_code == 409


def unguarded(routes: list[tuple[str, URLPattern]]) -> list[str]:
    """The endpoints whose POST a key does not hold."""
    endpoints = [(name, route.callback.cls) for name, route in routes if hasattr(route.callback, "cls")]
    assert len(endpoints) > 150
    return [
        name
        for name, one in endpoints
        if hasattr(one, "post") and not getattr(one.post, "has_one_effect", False)
    ]


def test_every_endpoint_that_takes_a_post_has_one_effect_however_it_is_written() -> None:
    assert unguarded(list(every_route())) == []


def test_without_that_guard_the_walk_of_the_endpoints_finds_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def claim(request: Any) -> None:
        """An endpoint that nobody has put the guard around."""

    for _, route in (routes := list(every_route())):
        if hasattr(getattr(route.callback, "cls", None), "post"):
            monkeypatch.setattr(route.callback.cls, "post", claim)
    assert len(unguarded(routes)) > 100


def made_by_a_class(*, guarded: bool) -> tuple[list[Any], int]:
    """The answers to one call sent twice to an endpoint that is a class, and how many teams it has made."""

    class Teams(APIView):
        def post(self, request: Any) -> Response:
            return Response({"made": Team.objects.create(code="new", name=uuid4().hex).name}, status=201)

    route = path("teams/", Teams.as_view())
    if guarded:
        guard.once_everywhere([route])
    person, answers = a_user(Role.ADMINISTRATOR), []
    before = Team.objects.count()
    for _ in range(2):
        request = APIRequestFactory().post("/teams/", {}, headers={"Idempotency-Key": "k"}, format="json")
        force_authenticate(request, person)
        answers.append(route.callback(request).data)
        Team.objects.filter(code="new").update(code=uuid4().hex[:8])
    return answers, Team.objects.count() - before


def test_an_endpoint_that_is_a_class_has_one_effect_and_one_answer() -> None:
    (first, second), made = made_by_a_class(guarded=True)
    assert (first, made) == (second, 1)


def test_without_the_guard_an_endpoint_that_is_a_class_has_two() -> None:
    (first, second), made = made_by_a_class(guarded=False)
    assert first != second and made == 2


def test_whoever_has_moved_to_another_role_gets_no_answer_of_before() -> None:
    person = a_user(Role.REFERRALS_OFFICER)
    path = f"referrals/{a_submitted().reference}/claim/"
    assert Caller(person).post(path, {}, Idempotency_Key="k").status_code == 200
    User.objects.filter(pk=person.pk).update(role=Role.AUDITOR, team=None)
    assert Caller(person).post(path, {}, Idempotency_Key="k").status_code in (403, 404)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_have_one_effect() -> None:
    admin = a_user(Role.ADMINISTRATOR)
    clients, line = [signed_in(admin) for _ in range(8)], Barrier(8, timeout=20)
    sent = {"name": "At once", "press_key": uuid4().hex}

    def press(client: Client) -> Any:
        line.wait()
        try:
            return client.post(ADD, sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(press, clients))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert AuditEvent.objects.filter(kind="team.added").count() == 1


def test_keys_are_forgotten_after_a_day() -> None:
    person = a_user(Role.MANAGER)
    for hours in (1, 25):
        at = timezone.now() - guard.KEPT * hours / 24
        Press.objects.create(by=person, key=str(hours), place="a", body="b", at=at, status=302)
    assert guard.forget_old() == 1
    assert Press.objects.get().key == "1"
