"""A temporary password is good for one thing: choosing one's own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from nexus.accounts import actions
from nexus.accounts.models import User
from nexus.accounts.own_account import CHANGE_IT_FIRST
from nexus.accounts.roles import Role
from tests.builders import NOON, PASSWORD, a_user
from tests.identity import code_of, sign_in

pytestmark = pytest.mark.django_db
NEW = "three unrelated words"
CHANGE = "/account/password/"


@pytest.fixture
def temporary() -> tuple[User, str]:
    """A manager who lost their password, and the one that was read out to them."""
    return actions.set_temporary_password(
        user_id=a_user(Role.MANAGER).pk, by=a_user(Role.ADMINISTRATOR), confirmed_at=NOON, now=NOON
    )


def signed_in(client: Client, user: User, password: str) -> Any:
    return sign_in(client, user.email, password, follow=True)


def change(client: Client, current: str, new: str) -> Any:
    return client.post(CHANGE, {"current_password": current, "new_password": new}, follow=True)


def test_signing_in_leads_to_the_change_and_the_change_leads_on(
    client: Client, temporary: tuple[User, str]
) -> None:
    user, password = temporary
    page = signed_in(client, user, password)
    assert page.redirect_chain[-1][0] == CHANGE
    assert "Your password is temporary" in page.content.decode()
    done = change(client, password, NEW)
    assert [path for path, _ in done.redirect_chain][0] == reverse("home")
    assert "Your password has been changed" in done.content.decode()
    assert not User.objects.get(pk=user.pk).must_change_password
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/cases/", "/account/", "/reports/"])
def test_nothing_else_works_until_then(client: Client, temporary: tuple[User, str], path: str) -> None:
    user, password = temporary
    signed_in(client, user, password)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.headers.get("Location")) == (302, CHANGE)
    assert client.get("/accessibility/").status_code == 200
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"


def test_the_api_is_shut_too(client: Client, temporary: tuple[User, str]) -> None:
    user, password = temporary
    details = {"email": user.email, "password": password, "one_time_password": code_of(user)}
    answer = client.post(reverse("api:token"), details, content_type="application/json")
    assert (answer.status_code, answer.json()) == (409, {"reasons": [CHANGE_IT_FIRST]})
    assert not AuthToken.objects.exists()
    signed_in(client, user, password)
    answer = client.get(reverse("api:session"))
    assert (answer.status_code, answer.json()) == (403, {"detail": CHANGE_IT_FIRST})


def test_the_temporary_one_is_not_kept(client: Client, temporary: tuple[User, str]) -> None:
    user, password = temporary
    signed_in(client, user, password)
    assert "not the temporary one" in change(client, password, password).content.decode()
    assert User.objects.get(pk=user.pk).must_change_password


def test_a_new_account_begins_with_one_and_others_are_left_in_peace(client: Client) -> None:
    administrator = a_user(Role.ADMINISTRATOR)
    user, password = actions.add_user(
        by=administrator,
        confirmed_at=NOON,
        now=NOON,
        email="new@nexus.example",
        full_name="Sigrid Marlowe",
        role=Role.AUDITOR,
    )
    assert signed_in(client, user, password).redirect_chain[-1][0] == CHANGE
    assert not administrator.must_change_password
    assert signed_in(Client(), administrator, PASSWORD).redirect_chain[-1][0] != CHANGE
