"""What was typed when a session ended comes back after signing in, and only where it may."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.identity import sign_in as both_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]
PASSWORD = "an invented pass phrase"
PATH = "/gallery/protected/?from=list"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user(
        email="ada@homeoffice.example", password=PASSWORD, full_name="Ada Brown", role=Role.MANAGER
    )


def hidden(page: str, form: int = 0) -> dict[str, Any]:
    """The hidden inputs of the page's forms, the sign-out form aside."""
    body = page.split('<main class="govuk-main-wrapper"')[1]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', body)
    found: dict[str, Any] = {}
    for name, value in pairs:
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def sign_in(client: Client, carried: str, password: str = PASSWORD) -> Any:
    return both_steps(client, "ada@homeoffice.example", password, carried=carried)


def test_typed_text_survives(client: Client, ada: User) -> None:
    typed = {"threat": ["yes", "no"], "text": "Two\r\nlines & “quotes” <b>", "password1": "secret"}
    expired = client.post(PATH, typed)
    page = expired.content.decode()
    assert expired.status_code == 401
    assert "What you typed is still here" in page
    assert "secret" not in page and "Two" not in page

    wrong = sign_in(client, hidden(page)["carried"][0], "wrong").content.decode()
    back = sign_in(client, hidden(wrong)["carried"][0])
    page = back.content.decode()
    assert back.status_code == 200
    assert "Carry on where you were" in page
    assert f'action="{PATH}"' in unescape(page)
    fields = hidden(page)
    assert fields["threat"] == ["yes", "no"]
    assert fields["text"] == ["Two\r\nlines & “quotes” <b>"]
    assert "password1" not in fields
    assert "csrfmiddlewaretoken" in str(page)

    done = client.post(PATH, {"threat": "yes"}, follow=True).content.decode()
    assert "Saved yes" in done


def test_nothing_typed_is_kept_on_the_server(client: Client, ada: User) -> None:
    client.post(PATH, {"text": "canary-7b1e"})
    assert "canary" not in str(dict(client.session.items()))
    assert "canary" not in str(client.cookies)


def test_files_are_left_behind_and_said_so(client: Client, ada: User) -> None:
    page = client.post(
        PATH, {"threat": "yes", "paper": SimpleUploadedFile("a.pdf", b"%PDF")}
    ).content.decode()
    assert "Files you had chosen cannot be kept" in page
    assert "Choose them again" in sign_in(client, hidden(page)["carried"][0]).content.decode()


def test_a_page_only_read_is_simply_asked_for_again(client: Client, ada: User) -> None:
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


@pytest.mark.parametrize("carried", ["", "x", "eyJwYXRoIjoiLyJ9:1:x"])
def test_what_was_not_sealed_here_is_ignored(client: Client, ada: User, carried: str) -> None:
    assert sign_in(client, carried)["Location"] == "/"


def test_a_seal_from_elsewhere_does_not_open(client: Client, ada: User) -> None:
    page = client.post(PATH, {"threat": "yes"}).content.decode()
    carried = hidden(page)["carried"][0]
    broken = carried[:-1] + ("A" if carried[-1] != "A" else "B")
    assert sign_in(client, broken)["Location"] == "/"


def test_signing_in_in_another_tab_loses_nothing(ada: User) -> None:
    """Signing in changes the form token, so the form of the other tab has an old one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    stale = {"threat": "yes", "csrfmiddlewaretoken": "0" * 64}
    ours = client.post(PATH, stale, headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == 403
    assert hidden(ours.content.decode())["threat"] == ["yes"]
    foreign = client.post(PATH, stale, headers={"sec-fetch-site": "cross-site"})
    assert "The form could not be accepted" in foreign.content.decode()
    assert "threat" not in foreign.content.decode()


def test_a_stale_sign_in_form_starts_anew(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/sign-in/", {"email": "ada@homeoffice.example", "password": PASSWORD},
        headers={"sec-fetch-site": "same-origin"},
    )  # fmt: skip
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
