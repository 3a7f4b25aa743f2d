"""What was typed when a session ended comes back after signing in, and only where it may."""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nexus.accounts import carrying
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.builders import a_user
from tests.figures import Figure
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


def of_a_page_of(person: User, **typed: Any) -> dict[str, Any]:
    """What a form posts that was shown to this person."""
    return {**typed, carrying.SHOWN_TO: carrying.shown_to(person)}


def readings(page: str) -> Iterator[str]:
    """The page, and what anybody can make of its hidden values without a key."""
    yield page
    for value in re.findall(r'value="([^"]*)"', page):
        packed = unescape(value).split(":")[0].lstrip(".")
        try:
            raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
            yield raw.decode(errors="replace")
            yield zlib.decompress(raw).decode(errors="replace")
        except (ValueError, zlib.error):
            continue


def sign_in(client: Client, carried: str, password: str = PASSWORD) -> Any:
    return both_steps(client, "ada@homeoffice.example", password, carried=carried)


def test_typed_text_survives(client: Client, ada: User) -> None:
    typed = {"threat": ["yes", "no"], "text": "Two\r\nlines & “quotes” <b>", "password1": "secret"}
    expired = client.post(PATH, of_a_page_of(ada, **typed))
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
    client.post(PATH, of_a_page_of(ada, text="canary-7b1e"))
    assert "canary" not in str(dict(client.session.items()))
    assert "canary" not in str(client.cookies)


def test_files_are_left_behind_and_said_so(client: Client, ada: User) -> None:
    page = client.post(
        PATH, of_a_page_of(ada, threat="yes", paper=SimpleUploadedFile("a.pdf", b"%PDF"))
    ).content.decode()
    assert "Files you had chosen cannot be kept" in page
    assert "Choose them again" in sign_in(client, hidden(page)["carried"][0]).content.decode()


def test_a_page_only_read_is_simply_asked_for_again(client: Client, ada: User) -> None:
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_without_anything_carried_signing_in_leads_home(client: Client, ada: User) -> None:
    assert sign_in(client, "")["Location"] == "/"


@pytest.mark.parametrize("carried", ["x", "eyJwYXRoIjoiLyJ9:1:x", "gAAAAA–"])
def test_what_was_not_sealed_here_is_not_shown(client: Client, ada: User, carried: str) -> None:
    assert "Somebody else was typing here" in sign_in(client, carried).content.decode()


def test_a_seal_from_elsewhere_does_not_open(client: Client, ada: User) -> None:
    page = client.post(PATH, of_a_page_of(ada, threat="yes")).content.decode()
    carried = hidden(page)["carried"][0]
    broken = carried[:40] + ("A" if carried[40] != "A" else "B") + carried[41:]
    assert "Somebody else was typing here" in sign_in(client, broken).content.decode()


def test_after_a_working_day_it_is_not_given_back(client: Client, ada: User, time_machine: Any) -> None:
    page = client.post(PATH, of_a_page_of(ada, text="canary-7b1e")).content.decode()
    time_machine.move_to(timezone.now() + timedelta(seconds=carrying.MAX_AGE + 2))
    back = sign_in(client, hidden(page)["carried"][0]).content.decode()
    assert carrying.NOT_YOURS in back and "canary" not in back


def typed_by_ada(client: Client, ada: User) -> str:
    """The page of her session, which ended while she typed."""
    answer = client.post(PATH, of_a_page_of(ada, text="canary-7b1e of a threat", threat="yes"))
    assert answer.status_code == 401
    return str(answer.content.decode())


def is_readable(page: str) -> bool:
    return any("canary-7b1e" in reading for reading in readings(page))


def test_the_page_of_an_ended_session_holds_no_readable_text(
    client: Client, ada: User, figure: Figure
) -> None:
    page = typed_by_ada(client, ada)
    second_step = client.post(
        "/sign-in/",
        {"email": ada.email, "password": PASSWORD, "carried": hidden(page)["carried"][0]},
    )
    texts = sum(is_readable(each) for each in (page, second_step.content.decode()))
    figure(20, f"{texts} readable texts on the pages between a session and the next", holds=not texts)


def test_text_that_is_only_signed_is_found_readable(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def signed(request: Any) -> str:
        return signing.dumps(dict(request.POST.lists()), compress=True)

    monkeypatch.setattr(carrying, "sealed", signed)
    assert is_readable(typed_by_ada(client, ada))
    monkeypatch.setattr(
        carrying,
        "sealed",
        lambda request: base64.urlsafe_b64encode(json.dumps(request.POST).encode()).decode(),
    )
    assert is_readable(typed_by_ada(client, ada))


def somebody_else_signs_in(client: Client, ada: User) -> str:
    """On the page that ended while Ada typed."""
    carried = hidden(typed_by_ada(client, ada))["carried"][0]
    other = a_user(Role.REFERRALS_OFFICER)
    return str(both_steps(client, other.email, carried=carried).content.decode())


def test_somebody_else_who_signs_in_there_is_given_nothing(client: Client, ada: User, figure: Figure) -> None:
    page = somebody_else_signs_in(client, ada)
    assert carrying.NOT_YOURS in page and PATH not in unescape(page)
    texts = int(is_readable(page))
    figure(20, f"{texts} texts shown to somebody else who signed in on the page", holds=not texts)


def test_without_the_writers_key_somebody_else_is_given_the_text(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "shown_to", lambda person: "everybody")
    assert is_readable(somebody_else_signs_in(client, ada))


def test_somebody_else_can_sign_out_so_that_the_writer_carries_on(client: Client, ada: User) -> None:
    sealed = hidden(somebody_else_signs_in(client, ada))["carried"][0]
    page = client.post("/sign-out/", {"carried": sealed}).content.decode()
    back = sign_in(client, hidden(page)["carried"][0]).content.decode()
    assert "Carry on where you were" in back and is_readable(back)


def test_an_old_form_of_another_person_shows_them_nothing(ada: User) -> None:
    """Ada typed in one tab; in another somebody else signed in, to the same browser."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user(Role.REFERRALS_OFFICER))
    typed = of_a_page_of(ada, text="canary-7b1e", csrfmiddlewaretoken="0" * 64)
    answer = client.post(PATH, typed, headers={"sec-fetch-site": "same-origin"})
    page = answer.content.decode()
    assert answer.status_code == 403 and "Somebody else was typing here" in page
    assert not is_readable(page)


def test_a_form_that_says_nobody_carries_nothing(client: Client, ada: User) -> None:
    page = client.post(PATH, {"text": "canary-7b1e"}).content.decode()
    assert "is not shown to anybody" in page and not is_readable(page)
    assert hidden(page)["carried"] == [""]


def test_every_form_says_whom_it_is_shown_to(client: Client, ada: User) -> None:
    client.force_login(ada)
    page = client.get("/account/").content.decode()
    assert page.count("<form") == page.count(f'name="shown_to" value="{carrying.shown_to(ada)}"') > 0


def test_signing_in_in_another_tab_loses_nothing(ada: User) -> None:
    """Signing in changes the form token, so the form of the other tab has an old one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    stale = of_a_page_of(ada, threat="yes", csrfmiddlewaretoken="0" * 64)
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
