"""A program that runs longer than a working day: an administrator grants it, its person makes the token."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from nexus.accounts import actions, own_account
from nexus.accounts.models import Integration, Scope, TokenGrant, User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import a_user
from tests.identity import unconfirmed

pytestmark = pytest.mark.django_db
A_PROGRAM = {"name": "Crime system", "scope": "write", "days": "90", "reason": "It runs every night."}


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


def test_an_administrator_grants_a_named_program_a_longer_token(client: Client, person: User) -> None:
    assert "nobody else sees it" in grant(client, person).text
    program = Integration.objects.get()
    assert (program.person, program.scope, (program.expires_at - program.granted_at).days) == (
        person,
        Scope.WRITE,
        90,
    )
    entry = AuditEvent.objects.get(kind="user.integration_granted")
    assert entry.detail == {"integration": program.pk, "scope": "write", "days": 90}
    assert Notification.objects.get(person=person).kind == "account_integration_granted"
    page = client.get(reverse("administration:user_change", args=[person.pk])).text
    assert "Crime system" in page and "It runs every night." in page and "Never" in page
    assert not AuthToken.objects.exists()


def test_its_person_makes_the_token_on_their_account_page(client: Client, person: User) -> None:
    grant(client, person)
    program = Integration.objects.get()
    own = theirs(person)
    assert "Crime system: read and write, until" in own.get("/account/").text
    page = own.post("/account/", {"integration_id": program.pk}).text
    assert re.search(r"<code>\w{40,}</code>", page) and "for Crime system" in page
    token, granted = AuthToken.objects.get(), TokenGrant.objects.get()
    assert (granted.scope, granted.integration) == (Scope.WRITE, program)
    assert abs((token.expiry - program.expires_at).total_seconds()) < 60


def test_the_program_of_another_is_not_offered_and_not_taken(
    client: Client, person: User, administrator: User
) -> None:
    grant(client, person)
    other, now = a_user(Role.MANAGER), timezone.now()
    assert "Crime system" not in theirs(other).get("/account/").text
    with pytest.raises(Refused, match="has been withdrawn"):
        own_account.create_token(
            by=other, confirmed_at=now, now=now, integration_id=Integration.objects.get().pk
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the name of the program"),
        ({"scope": ""}, "Select what it may do"),
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
    program = {"person": administrator, "name": "Own", "scope": "read", "reason": "x"}
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
    theirs(person).post("/account/", {"integration_id": program.pk})
    address = reverse("administration:integration_withdraw", args=[person.pk, program.pk])
    assert "stopped working" in client.post(address, follow=True).text
    assert not AuthToken.objects.exists()
    assert client.get(address).status_code == 404
    assert "Crime system" not in theirs(person).get("/account/").text
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
