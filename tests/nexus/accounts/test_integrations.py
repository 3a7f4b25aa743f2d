"""A program that runs by itself: an administrator grants it, gives it a key, and withdraws either."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from nexus.accounts import actions
from nexus.accounts.models import Integration, Scope, TokenGrant, User
from nexus.accounts.roles import Role
from nexus.accounts.tokens import issue
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import a_user
from tests.identity import unconfirmed
from tests.programs import PUBLIC_KEY, exchanged, signed

pytestmark = pytest.mark.django_db
A_PROGRAM = {
    "name": "Crime system",
    "reads": ["changes:read"],
    "writes": ["referrals:write"],
    "days": "90",
    "reason": "It runs every night.",
}


@pytest.fixture
def administrator() -> User:
    return a_user(Role.ADMINISTRATOR)


@pytest.fixture
def person() -> User:
    return a_user(Role.MANAGER)


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def theirs(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def grant(client: Client, person: User, **changes: Any) -> Any:
    address = reverse("administration:integration_grant", args=[person.pk])
    return client.post(address, {**A_PROGRAM, **changes}, follow=True)


def test_an_administrator_grants_a_named_program(client: Client, person: User) -> None:
    assert "Its number is" in grant(client, person).text
    program = Integration.objects.get()
    assert (program.person, program.scopes, (program.expires_at - program.granted_at).days) == (
        person,
        ["changes:read", "referrals:write"],
        90,
    )
    entry = AuditEvent.objects.get(kind="user.integration_granted")
    assert entry.detail == {"integration": program.pk, "scopes": program.scopes, "days": 90}
    assert Notification.objects.get(person=person).kind == "account_integration_granted"
    page = client.get(reverse("administration:user_change", args=[person.pk])).text
    assert "Crime system" in page and "It runs every night." in page and "cannot sign in" in page
    assert not AuthToken.objects.exists()


def test_the_administrator_adds_a_key_sees_its_use_and_withdraws_it(client: Client, person: User) -> None:
    grant(client, person)
    program = Integration.objects.get()
    address = reverse("administration:program_key_add", args=[person.pk, program.pk])
    assert "Enter a public key in PEM" in client.post(address, {"public_key": "no key"}).text
    assert "Withdraw the old key" in client.post(address, {"public_key": PUBLIC_KEY}, follow=True).text
    key = program.keys.get()
    page = reverse("administration:user_change", args=[person.pk])
    assert "last used never" in client.get(page).text
    assert exchanged(signed(program)).status_code == 200
    assert "last used never" not in client.get(page).text
    withdraw = reverse("administration:program_key_withdraw", args=[person.pk, key.pk])
    assert "stopped working" in client.post(withdraw, follow=True).text
    assert exchanged(signed(program)).status_code == 401
    assert client.get(withdraw).status_code == 404
    kinds = AuditEvent.objects.filter(kind__startswith="user.program_key").values_list("kind", flat=True)
    assert sorted(kinds) == ["user.program_key_added", "user.program_key_withdrawn"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the name of the program"),
        ({"reads": []}, "Select what it may read"),
        ({"days": "366"}, "365"),
        ({"days": "0"}, "1"),
        ({"reason": ""}, "Enter"),
    ],
)
def test_what_is_missing_is_said(client: Client, person: User, changes: dict[str, str], words: str) -> None:
    answer = grant(client, person, **changes)
    assert words in answer.text and not Integration.objects.exists()


def test_nobody_grants_themselves_a_longer_token(client: Client, administrator: User) -> None:
    assert "Nobody grants themselves" in grant(client, administrator).text
    program = {"person": administrator, "name": "Own", "reason": "x"}
    now = timezone.now()
    with pytest.raises(IntegrityError, match="nobody_grants_themselves"), transaction.atomic():
        Integration.objects.create(**program, granted_by=administrator, granted_at=now, expires_at=now)


def test_the_administrator_confirms_that_it_is_they(client: Client, person: User) -> None:
    assert "Enter the code from your app" in grant(unconfirmed(client), person).text
    assert not Integration.objects.exists()


def test_a_withdrawn_program_is_over_and_cannot_be_withdrawn_again(
    client: Client, person: User, administrator: User
) -> None:
    grant(client, person)
    program = Integration.objects.get()
    issue(person, scope=Scope.READ, now=timezone.now(), integration=program)
    address = reverse("administration:integration_withdraw", args=[person.pk, program.pk])
    assert "stopped working" in client.post(address, follow=True).text
    assert not AuthToken.objects.exists()
    assert client.get(address).status_code == 404
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_integration(
            user_id=person.pk, integration_id=program.pk, by=administrator, now=timezone.now()
        )
    assert AuditEvent.objects.filter(kind="user.integration_withdrawn").count() == 1


def test_somebody_else_than_an_administrator_grants_nothing(person: User) -> None:
    assert grant(theirs(person), a_user(Role.AUDITOR)).status_code in {403, 404}
    assert not Integration.objects.exists()


def test_a_token_of_the_page_reads_unless_writing_is_chosen(person: User) -> None:
    own = theirs(person)
    own.post("/account/", {"scope": "write"})
    own.post("/account/")
    assert sorted(TokenGrant.objects.values_list("scope", flat=True)) == ["read", "write"]
    page = own.get("/account/").text
    assert "Read and write" in page and "Read only" in page
