"""Signing in and out: whom it lets in, what it says when it does not, and what it leaves behind."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from nexus.accounts import hashing, throttle
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.identity import sign_in as both_steps

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
    return both_steps(client, email, password, **more)


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


def hashes_of(client: Client, monkeypatch: pytest.MonkeyPatch, *sign_ins: tuple[str, str]) -> list[int]:
    """How many passwords are hashed for each of these, as the hasher itself sees it."""
    counts: list[int] = []

    class Counting(hashers.MD5PasswordHasher):
        def encode(self, password: str, salt: str) -> str:
            counts[-1] += 1
            return str(super().encode(password, salt))

    monkeypatch.setattr(hashers, "get_hashers", lambda: [Counting()])
    monkeypatch.setattr(hashers, "get_hasher", lambda algorithm="default": Counting())
    for email, password in sign_ins:
        counts.append(0)
        sign_in(client, email, password)
    return counts


def test_no_name_is_revealed_by_the_work_either(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same number of hashes for a wrong password, a name that does not exist and an account that is disabled."""
    User.objects.create_user(
        email="out@homeoffice.example", password=PASSWORD, full_name="Out", role=Role.AUDITOR, is_active=False
    )
    names = [ada.email, "nobody@homeoffice.example", "out@homeoffice.example"]
    assert hashes_of(client, monkeypatch, *((name, "wrong") for name in names)) == [1, 1, 1]


def test_an_attempt_is_counted_before_its_password_is_hashed(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = [(ada.email, "wrong")] * (throttle.ATTEMPTS + 3)
    assert sum(hashes_of(client, monkeypatch, *attempts)) == throttle.ATTEMPTS


def test_sabotage_without_the_count_every_attempt_is_hashed(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "_add", lambda counted, number, *, seconds: 0)
    attempts = [(ada.email, "wrong")] * (throttle.ATTEMPTS + 3)
    assert sum(hashes_of(client, monkeypatch, *attempts)) == throttle.ATTEMPTS + 3


def test_many_names_from_one_address_are_stopped_and_nobody_elsewhere_is(client: Client, ada: User) -> None:
    """Right passwords of people in that network are counted no longer once they have signed in."""
    sign_in(client)
    client.post("/sign-out/")
    stranger = Client()
    answers = [sign_in(stranger, f"{n}@homeoffice.example", "wrong") for n in range(throttle.PER_ADDRESS + 1)]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "60")
    assert throttle.TOO_MANY_NEAR in answers[-1].text
    assert sign_in(client).status_code == 302, "her own browser, in the same network"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302, "a new browser, in another"


def test_many_addresses_at_once_leave_each_a_few(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "OVERALL", 5)
    for n in range(6):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{n}"), f"{n}@homeoffice.example", "wrong")
    busy = Client(REMOTE_ADDR="192.0.2.99")
    codes = [
        sign_in(busy, f"b{n}@homeoffice.example", "wrong").status_code for n in range(throttle.STILL + 1)
    ]
    assert codes == [200] * throttle.STILL + [429]
    assert sign_in(Client(REMOTE_ADDR="192.0.2.100")).status_code == 302, "nobody elsewhere is locked out"


def test_one_password_is_hashed_at_a_time_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen at once: no two inside the hash together; without the bound there are."""
    most, inside, lock = [0], [0], threading.Lock()

    def watched(self: object, password: str, salt: str) -> str:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        together.wait(0.05)
        with lock:
            inside[0] -= 1
        return ""

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", watched)
    for bound, expected in ((threading.BoundedSemaphore(1), False), (threading.BoundedSemaphore(16), True)):
        monkeypatch.setattr(hashing, "HASHING", bound)
        together, most[0] = threading.Event(), 0
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda n: hashing.BoundedArgon2PasswordHasher().encode("x", "y"), range(16)))
        assert (most[0] > 1) is expected
