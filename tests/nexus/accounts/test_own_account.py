"""One's own account: a new password, and tokens for the API."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from nexus.accounts.models import Scope, User
from nexus.accounts.roles import Role
from nexus.accounts.tokens import issue
from nexus.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "an invented pass phrase"
NEW = "three unrelated words"


@pytest.fixture
def ada(client: Client) -> User:
    user = User.objects.create_user(
        email="ada@homeoffice.example", password=PASSWORD, full_name="Ada Brown", role=Role.MANAGER
    )
    client.force_login(user)
    return user


def change(client: Client, current: str = PASSWORD, new: str = NEW) -> str:
    response = client.post(
        "/account/password/", {"current_password": current, "new_password": new}, follow=True
    )
    return str(response.content.decode())


def test_a_new_password_works_and_the_session_stays(client: Client, ada: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert "Your password has been changed" in change(client)
    assert client.get("/account/").status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(NEW) and not ada.check_password(PASSWORD)
    assert ada.password.startswith("argon2")
    assert AuditEvent.objects.filter(kind="user.password_changed", by_id=ada.pk).count() == 1


def test_other_sessions_and_tokens_end(client: Client, ada: User) -> None:
    other = Client()
    other.force_login(ada)
    AuthToken.objects.create(ada)
    change(client)
    assert other.get("/account/").status_code == 302
    assert not AuthToken.objects.filter(user=ada).exists()


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("wrong", NEW, "The current password is not right. Type it again"),
        (PASSWORD, "short", "12 characters"),
        (PASSWORD, "passwordpassword", "common"),
        (PASSWORD, "adaadabrownada", "similar"),
        (PASSWORD, "", "Enter a new password"),
        ("", NEW, "Enter your current password"),
    ],
)
def test_passwords_that_will_not_do(client: Client, ada: User, current: str, new: str, words: str) -> None:
    if words == "common":
        new = "1234567890123"
    if words == "similar":
        new = ada.email
    page = change(client, current, new)
    assert "<title>Error: Change your password" in page
    assert words in page
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_token_is_shown_once(client: Client, ada: User) -> None:
    page = client.post("/account/").content.decode()
    (token,) = re.findall(r"<code>(\w{40,})</code>", page)
    assert "It is not shown again" in page
    again = client.get("/account/").content.decode()
    assert token not in again and token[:8] in again
    assert AuthToken.objects.get(user=ada).digest not in page
    assert AuditEvent.objects.filter(kind="user.token_created", by_id=ada.pk).count() == 1


def test_a_sixth_token_is_refused(client: Client, ada: User) -> None:
    for _ in range(5):
        client.post("/account/")
    page = client.post("/account/").content.decode()
    assert "You have 5 tokens, which is the most a person may have. Revoke one first." in page
    assert AuthToken.objects.filter(user=ada).count() == 5


def test_a_token_ends_after_a_working_day(client: Client, ada: User) -> None:
    with time_machine.travel(datetime(2026, 11, 1, 9, 0, tzinfo=UTC), tick=False) as clock:
        client.force_login(ada)
        client.post("/account/")
        clock.shift(timedelta(hours=8, seconds=1))
        client.force_login(ada)
        assert "You have no tokens." in client.get("/account/").content.decode()


def test_only_ones_own_token_is_revoked(client: Client, ada: User) -> None:
    ben = User.objects.create_user(email="ben@h.example", password=None, full_name="Ben", role=Role.AUDITOR)
    now = timezone.now()
    mine, theirs = (issue(person, scope=Scope.READ, now=now)[0] for person in (ada, ben))
    for token in (mine, theirs):
        page = client.post("/account/tokens/revoke/", {"token": token.token_key}, follow=True)
        assert "The token has been revoked" in page.content.decode()
    assert list(AuthToken.objects.values_list("user_id", flat=True)) == [ben.pk]
    assert AuditEvent.objects.filter(kind="user.token_revoked").count() == 1
    assert client.get("/account/tokens/revoke/").status_code == 405
