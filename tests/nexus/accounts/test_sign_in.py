"""Signing in and out: whom it lets in, what it says when it does not, and what it leaves behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "an invented pass phrase"
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user(
        email="ada.brown@homeoffice.example", password=PASSWORD, full_name="Ada Brown", role=Role.MANAGER
    )


def sign_in(
    client: Client, email: str = "ada.brown@homeoffice.example", password: str = PASSWORD, **more: Any
) -> Any:
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


def test_the_right_details_lead_home(client: Client, ada: User) -> None:
    before = client.session.session_key
    response = sign_in(client, " Ada.Brown@HomeOffice.example ")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.session.session_key != before
    (entry,) = AuditEvent.objects.all()
    assert (entry.kind, entry.by_id, entry.subject_id, bool(entry.request_id)) == (
        "user.signed_in", ada.pk, str(ada.pk), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada.brown@homeoffice.example", "wrong"),
        ("nobody@homeoffice.example", PASSWORD),
        ("not an address", PASSWORD),
        ("ada.brown@homeoffice.example", PASSWORD + " "),
    ],
)
def test_a_failure_never_says_which_was_wrong(client: Client, ada: User, email: str, password: str) -> None:
    response = sign_in(client, email, password)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Sign in" in page
    assert NOT_RIGHT in page
    assert password not in page
    assert "_auth_user_id" not in client.session
    assert kinds() == ["user.sign_in_failed"]
    assert AuditEvent.objects.get().by_id is None


def test_the_record_of_a_failure_holds_no_address(client: Client, ada: User) -> None:
    sign_in(client, "nobody@homeoffice.example")
    entry = AuditEvent.objects.get()
    assert (entry.subject_id, entry.reason, entry.recipient, entry.detail) == ("", "", "", {})


def test_what_is_missing_is_asked_for(client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "Enter your e-mail address" in page and "Enter your password" in page
    assert kinds() == []


def test_a_disabled_account_is_out_at_its_next_request(client: Client, ada: User) -> None:
    sign_in(client)
    assert client.get("/account/").status_code == 200
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert NOT_RIGHT in sign_in(client).content.decode()


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/account/password/", "/account/password/"),
        ("/account/?a=b", "/account/?a=b"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/nowhere/", "/"),
        ("", "/"),
    ],
)
def test_it_goes_on_only_within_the_site(client: Client, ada: User, wanted: str, location: str) -> None:
    assert sign_in(client, next=wanted)["Location"] == location


def test_guessing_is_stopped_and_says_for_how_long(client: Client, ada: User) -> None:
    for _ in range(throttle.ATTEMPTS):
        assert NOT_RIGHT in sign_in(client, password="wrong").content.decode()
    assert "Too many attempts. Wait 15 minutes, then try again" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session
    assert kinds().count("user.sign_in_failed") == throttle.ATTEMPTS


def test_an_unknown_address_is_stopped_in_the_same_words(client: Client) -> None:
    for _ in range(throttle.ATTEMPTS):
        sign_in(client, "nobody@homeoffice.example")
    assert "Too many attempts" in sign_in(client, "nobody@homeoffice.example").content.decode()


def test_a_strangers_guesses_lock_nobody_out(client: Client, ada: User) -> None:
    sign_in(client)
    client.post("/sign-out/")
    stranger = Client()
    for _ in range(throttle.ATTEMPTS + 1):
        sign_in(stranger, password="wrong")
    assert "Too many attempts" in sign_in(stranger).content.decode()
    assert sign_in(client).status_code == 302, "her own browser is counted on its own"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302, "another network is another count"


def test_a_device_cookie_serves_one_account_only(client: Client, ada: User) -> None:
    ben = User.objects.create_user(
        email="ben@homeoffice.example", password=PASSWORD, full_name="Ben Grey", role=Role.AUDITOR
    )
    sign_in(client)
    client.post("/sign-out/")
    for _ in range(throttle.ATTEMPTS):
        sign_in(Client(), ben.email, "wrong")
    assert "Too many attempts" in sign_in(client, ben.email).content.decode()


def test_nobody_can_be_read_from_the_cache_or_the_cookie(client: Client, ada: User) -> None:
    sign_in(client, password="wrong")
    keys = [key.decode() for key in cache._cache.get_client().keys("*")]
    assert any("sign-in:" in key for key in keys)
    assert not any("ada" in key or "@" in key for key in keys)
    assert sign_in(client).cookies["nexus-device"]["httponly"]
    assert "ada" not in client.cookies["nexus-device"].value.lower()


def test_signing_out_needs_a_post_and_ends_the_session(client: Client, ada: User) -> None:
    sign_in(client)
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(session_key=key).exists()
    assert kinds()[-1] == "user.signed_out"
    assert client.post("/sign-out/").status_code == 302


def test_pages_for_the_signed_in_are_not_stored(client: Client, ada: User) -> None:
    sign_in(client)
    assert client.get("/account/")["Cache-Control"] == "no-store"
    assert client.get("/nowhere/")["Cache-Control"] == "no-store"


def test_cookies_are_for_this_site_alone(client: Client, ada: User) -> None:
    cookies = sign_in(client).cookies
    for name in ("nexus-session", "nexus-device"):
        assert cookies[name]["httponly"] and cookies[name]["samesite"] == "Lax"
    assert cookies["nexus-session"]["max-age"] == 900


def test_fifteen_idle_minutes_end_a_session_and_use_renews_it(client: Client, ada: User) -> None:
    with time_machine.travel(datetime(2026, 11, 16, 9, 0, tzinfo=UTC), tick=False) as clock:
        sign_in(client)
        for _ in range(3):
            clock.shift(timedelta(minutes=14))
            assert client.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=15, seconds=1))
        assert client.get("/account/").status_code == 302


def test_eight_hours_end_a_busy_session(client: Client, ada: User) -> None:
    with time_machine.travel(datetime(2026, 11, 16, 9, 0, tzinfo=UTC), tick=False) as clock:
        sign_in(client)
        for _ in range(48):
            clock.shift(timedelta(minutes=10))
            assert client.get("/account/").status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.get("/account/").status_code == 302
