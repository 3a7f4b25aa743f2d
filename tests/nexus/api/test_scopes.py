"""A token that may only read changes nothing, at any endpoint; and no token lasts longer than was granted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from knox.models import AuthToken

from nexus.accounts import actions
from nexus.accounts.models import Scope, TokenGrant, User
from nexus.accounts.roles import Role
from nexus.accounts.tokens import READ_ONLY, TOKEN_LIFE, issue
from nexus.api.authentication import ScopeAllows
from nexus.audit.models import AuditEvent
from tests.access.walking import every_route
from tests.builders import a_draft, a_user
from tests.figures import Figure
from tests.nexus.api.calling import JSON, Caller
from tests.nexus.api.test_signing_in import ask_for_token

pytestmark = pytest.mark.django_db
CHANGES = ("post", "put", "patch", "delete")
# Which endpoints a reading token may change something at, and why.
NOT_BY_SCOPE = {
    ("api:token", "post"): "signing in comes before there is a token",
    ("api:token", "delete"): "a program that may only read can end its own token",
    **{
        ("api:program_token", method): "programs sign in there, and nobody else is asked who they are"
        for method in CHANGES
    },
    ("api:schema", "post"): "it answers no change at all, and asks nobody who they are",
    ("api:schema", "put"): "the same",
    ("api:schema", "patch"): "the same",
    ("api:schema", "delete"): "the same",
}
ANYTHING = ("1", "NHH-2026-000001", "x", "00000000-0000-4000-8000-000000000000")


def paths() -> Iterator[tuple[str, str]]:
    """Every endpoint's name, and an address of it that leads to nothing in particular."""
    for name, pattern in every_route():
        if name.startswith("api:"):
            yield name, path_of(name, list(pattern.pattern.converters))


def path_of(name: str, parts: list[str]) -> str:
    for value in ANYTHING:
        named = dict.fromkeys(parts, value)
        for kwargs in (named, named | ({"kind": "xlsx"} if "kind" in parts else {})):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs=kwargs)
    raise AssertionError(f"no address of {name} was found")


def sent(caller: Caller, method: str, path: str) -> Any:
    call = getattr(caller.client, method)
    return call(path, {}, content_type=JSON, headers=caller.headers)


def let_through(scope: Scope, person: User) -> tuple[int, set[tuple[str, str]]]:
    """How many calls were made that could change something, and those that the scope did not refuse."""
    found, through = 0, set()
    for name, path in paths():
        for method in CHANGES:
            caller = Caller(person, scope)  # a token of its own: one call ends the token it is made with
            answer = sent(caller, method, path)
            AuthToken.objects.all().delete()
            found += 1
            if answer.status_code != 403 or answer.json()["detail"] != READ_ONLY:
                through.add((name, method))
    return found, through


def test_a_reading_token_changes_nothing_at_any_endpoint(figure: Figure) -> None:
    calls, through = let_through(Scope.READ, a_user(Role.MANAGER))
    assert calls > 400
    figure(
        10, f"{len(through - set(NOT_BY_SCOPE))} of {calls} changing calls let through to a reading token",
        holds=through == set(NOT_BY_SCOPE),
    )  # fmt: skip


def test_without_the_permission_a_reading_token_changes_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopeAllows, "has_permission", lambda *args: True)
    calls, through = let_through(Scope.READ, a_user(Role.MANAGER))
    assert len(through) == calls


def test_a_reading_token_reads_and_a_writing_one_writes() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    referral = a_draft(by=officer)
    body = {"harm_narrative": "Repeated assaults."}
    reads, writes = (Caller(officer, scope) for scope in (Scope.READ, Scope.WRITE))
    assert reads.get(f"referrals/{referral.reference}/").status_code == 200
    refused = reads.patch(f"referrals/{referral.reference}/sections/harm/", body)
    assert (refused.status_code, refused.json()["detail"]) == (403, READ_ONLY)
    referral.refresh_from_db()
    assert referral.harm_narrative == ""
    entry = AuditEvent.objects.get(kind="refusal.not_permitted")
    assert entry.by_id == officer.pk
    assert writes.patch(f"referrals/{referral.reference}/sections/harm/", body).status_code == 200


def test_a_token_that_was_asked_for_without_a_scope_reads() -> None:
    answer = ask_for_token(a_user(Role.POLICE_OFFICER).email)
    assert answer.json()["scope"] == "read"
    assert TokenGrant.objects.get().scope == Scope.READ


def test_a_reading_token_can_end_itself() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER), Scope.READ)
    assert caller.delete("token/").status_code == 204
    assert caller.get("session/").status_code == 401


def test_a_token_that_no_door_made_does_not_work() -> None:
    _, text = AuthToken.objects.create(a_user(Role.MANAGER))
    answer = Client().get("/api/v1/session/", headers={"Authorization": f"Token {text}"})
    assert answer.status_code == 401


def longer(person: User) -> Caller:
    """With a token that lasts a day more than a working day, and that nobody granted."""
    caller = Caller(person)
    AuthToken.objects.update(expiry=timezone.now() + TOKEN_LIFE + timedelta(days=1))
    return caller


def test_a_token_that_lasts_longer_than_a_working_day_needs_a_grant() -> None:
    assert longer(a_user(Role.MANAGER)).get("session/").status_code == 401


def test_a_granted_program_works_until_its_grant_is_withdrawn(time_machine: Any) -> None:
    person, administrator, now = a_user(Role.MANAGER), a_user(Role.ADMINISTRATOR), timezone.now()
    program = actions.grant_integration(
        user_id=person.pk, by=administrator, now=now, confirmed_at=now,
        name="Crime system", reads=["referrals:read"], days=30, reason="It runs every night.",
    )  # fmt: skip
    _, text = issue(person, scope=Scope.READ, now=now, integration=program)
    headers = {"Authorization": f"Token {text}"}
    time_machine.move_to(now + timedelta(minutes=14))
    assert Client().get("/api/v1/session/", headers=headers).status_code == 200
    assert TokenGrant.objects.get().last_used_at is not None
    actions.withdraw_integration(
        user_id=person.pk, integration_id=program.pk, by=administrator, now=timezone.now()
    )
    assert Client().get("/api/v1/session/", headers=headers).status_code == 401
    assert not AuthToken.objects.exists()


def test_a_granted_program_ends_with_its_days(time_machine: Any) -> None:
    person, now = a_user(Role.MANAGER), timezone.now()
    program = actions.grant_integration(
        user_id=person.pk, by=a_user(Role.ADMINISTRATOR), now=now, confirmed_at=now,
        name="Crime system", reads=["referrals:read"], days=30, reason="It runs every night.",
    )  # fmt: skip
    _, text = issue(person, scope=Scope.READ, now=now, integration=program)
    time_machine.move_to(now + timedelta(days=30, seconds=1))
    answer = Client().get("/api/v1/session/", headers={"Authorization": f"Token {text}"})
    assert answer.status_code == 401


def test_when_a_token_was_last_used_is_known_by_the_minute(time_machine: Any) -> None:
    person = a_user(Role.MANAGER)
    caller = Caller(person)
    first = TokenGrant.objects.get().last_used_at
    caller.get("session/")
    assert TokenGrant.objects.get().last_used_at == first
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    caller.get("session/")
    assert TokenGrant.objects.get().last_used_at > first
