"""A person sees where they are signed in, and ends the sessions they do not know."""

import re

import pytest
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import a_user
from tests.identity import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def manager() -> User:
    return a_user(Role.MANAGER)


def signed_in(person: User, agent: str = "") -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    sign_in(client, person.email)
    return client


def codes_on(client: Client) -> list[str]:
    return [code for code in re.findall(r'name="session" value="([^"]*)"', client.get(PAGE).text) if code]


def test_a_session_elsewhere_is_seen_and_ended(manager: User) -> None:
    here, there, stranger = signed_in(manager), signed_in(manager, FIREFOX), signed_in(a_user(Role.MANAGER))
    page = here.get(PAGE).text
    assert "Firefox on Windows" in page and "This one" in page
    (code,) = codes_on(here)
    assert there.session.session_key not in page
    here.post(PAGE, {"session": code})
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == stranger.get("/account/").status_code == 200
    assert AuditEvent.objects.get(kind="user.sessions_ended").detail == {"sessions": 1}
    assert here.post(PAGE, {"session": code}).status_code == 409


def test_all_others_end_at_once_and_nobody_elses(manager: User) -> None:
    here, others = signed_in(manager), [signed_in(manager) for _ in range(2)]
    stranger = signed_in(a_user(Role.MANAGER))
    here.post(PAGE, {"session": ""})
    assert [each.get("/account/").status_code for each in (here, *others, stranger)] == [200, 302, 302, 200]
    assert stranger.post(PAGE, {"session": "none"}).status_code == 409
