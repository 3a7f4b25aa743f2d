"""Signing in by an OpenID Connect provider: a real one on the loopback, and everything it could get wrong."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY
from django.test import Client

from nexus import checks
from nexus.accounts import carrying
from nexus.accounts.confirming import CONFIRMED
from nexus.accounts.models import User
from nexus.accounts.openid import actions, views
from nexus.accounts.openid import provider as asking
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import half_way
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from tests.builders import a_force, a_user
from tests.identity import code_of
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, openid_provider

pytestmark = pytest.mark.django_db
LEAVE, BACK = "/sign-in/provider/", "/sign-in/provider/back/"
OFFICER = {
    "sub": "7f3a", "email": "A.Officer@police.example", "email_verified": True, "name": "Alex Officer",
    "roles": ["nexus-officer", "something-else"], "police_force": "20",
}  # fmt: skip
DUTY = {
    "sub": "91c2",
    "email": "d.duty@home.example",
    "email_verified": True,
    "name": "D Duty",
    "roles": "nexus-duty",
}


@pytest.fixture(scope="module")
def server() -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture
def provider(server: OpenIdProvider, settings: Any) -> OpenIdProvider:
    settings.NEXUS_OPENID_ISSUER = server.issuer
    settings.NEXUS_OPENID_CLIENT_ID, settings.NEXUS_OPENID_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    settings.NEXUS_OPENID_ROLES = {
        "nexus-officer": Role.POLICE_OFFICER,
        "nexus-duty": Role.REFERRALS_OFFICER,
        "nexus-manager": Role.MANAGER,
        "nexus-admin": Role.ADMINISTRATOR,
    }
    settings.NEXUS_OPENID_SECOND_FACTOR = {"amr": ["mfa", "hwk"]}
    server.person, server.token, server.codes = dict(DUTY), {}, {}
    server.key, server.published_issuer = server.published_key, server.issuer
    a_force("20")
    return server


def at_the_provider(browser: Client, **sent: str) -> str:
    """Go there and sign in: the address it sends the browser back to."""
    left = browser.post(LEAVE, sent)
    assert left.status_code == 302, left.text
    return requests.get(left["Location"], allow_redirects=False, timeout=5).headers["Location"]


def signed_in(browser: Client | None = None, **sent: str) -> Any:
    browser = browser or Client()
    return browser.get(at_the_provider(browser, **sent).removeprefix("http://testserver"))


def half_way_in(answer: Any) -> User | None:
    noted = answer.client.session.get(half_way.HALF_WAY)
    return User.objects.get(pk=noted["person"]) if noted else None


def known_as_duty(role: Role, *, is_active: bool = True) -> User:
    """Somebody who had an account before, with the address the provider knows."""
    person = a_user(role, is_active=is_active)
    person.email = str(DUTY["email"])
    person.save(update_fields=["email"])
    return person


def test_a_first_sign_in_makes_the_account_that_its_claims_name(provider: OpenIdProvider) -> None:
    """Role and force are the claims'; the second step is still to come; there is no password."""
    provider.person = dict(OFFICER)
    answer = signed_in()
    person = half_way_in(answer)
    assert person is not None and answer.status_code == 200 and SESSION_KEY not in answer.client.session
    assert (person.email, person.full_name) == ("a.officer@police.example", "Alex Officer")
    assert person.role == Role.POLICE_OFFICER and person.force == a_force("20")
    assert not person.has_usable_password()
    added = AuditEvent.objects.get(kind="user.added", subject_id=str(person.pk))
    assert (
        added.by_id is None
        and added.detail["role"] == ["", Role.POLICE_OFFICER]
        and added.detail["by_provider"]
    )
    assert half_way_in(signed_in()) == person and User.objects.filter(email=person.email).count() == 1


def test_the_button_stands_on_the_sign_in_page_only_where_there_is_a_provider(
    provider: OpenIdProvider, settings: Any
) -> None:
    settings.NEXUS_OPENID_NAME = "your police account"
    assert "Sign in with your police account" in Client().get("/sign-in/").text
    settings.NEXUS_OPENID_ISSUER = ""
    assert "Sign in with your police account" not in Client().get("/sign-in/").text
    assert Client().post(LEAVE)["Location"] == "/sign-in/" == Client().get(BACK)["Location"]


def test_a_changed_role_is_taken_from_the_claims_and_recorded_with_old_and_new(
    provider: OpenIdProvider,
) -> None:
    person = known_as_duty(Role.REFERRALS_OFFICER)
    assert half_way_in(signed_in()) == person
    provider.person["roles"] = ["nexus-manager"]
    assert half_way_in(signed_in()) == person
    person.refresh_from_db()
    assert person.role == Role.MANAGER and person.provider_subject == DUTY["sub"]
    entry = AuditEvent.objects.filter(kind="user.changed", subject_id=str(person.pk)).latest("pk")
    assert entry.detail["role"] == [Role.REFERRALS_OFFICER, Role.MANAGER]
    assert Notification.objects.filter(person=person, kind="account_access_changed").count() == 1


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"roles": []}, actions.NO_ROLE),
        ({"roles": ["chief"]}, actions.NO_ROLE),
        ({"roles": ["nexus-duty", "nexus-manager"]}, actions.SEVERAL_ROLES),
        ({"roles": "nexus-officer"}, actions.NO_FORCE),
        ({"roles": "nexus-officer", "police_force": "77"}, actions.NO_FORCE),
        ({"email_verified": False}, actions.NO_EMAIL),
        ({"email": ""}, actions.NO_EMAIL),
    ],
)
def test_whose_claims_do_not_name_one_role_and_its_force_has_no_account_made(
    claims: dict[str, Any], sentence: str, provider: OpenIdProvider
) -> None:
    provider.person |= claims
    people = User.objects.count()
    refused(signed_in(), sentence, "account")
    assert User.objects.count() == people


def refused(answer: Any, sentence: str, because: str) -> None:
    """The sign-in page says why, nobody is in or half-way in, and it is on record."""
    assert answer.status_code == 403 and sentence in answer.text and "Sign in with" in answer.text
    assert SESSION_KEY not in answer.client.session and half_way.HALF_WAY not in answer.client.session
    entry = AuditEvent.objects.filter(kind="user.sign_in_failed").latest("pk")
    assert entry.detail == {"by_provider": True, "because": because}


def test_a_disabled_person_stays_out(provider: OpenIdProvider) -> None:
    known_as_duty(Role.REFERRALS_OFFICER, is_active=False)
    refused(signed_in(), actions.DISABLED, "account")


def test_an_account_is_one_persons_at_the_provider(provider: OpenIdProvider) -> None:
    """An e-mail address that the provider gives to somebody else opens nothing of the first."""
    signed_in()
    provider.person["sub"] = "another"
    refused(signed_in(), actions.ANOTHERS, "account")


def test_the_last_administrator_stays_one(provider: OpenIdProvider) -> None:
    User.objects.filter(role=Role.ADMINISTRATOR).update(is_active=False)
    known_as_duty(Role.ADMINISTRATOR)
    refused(signed_in(), actions.LAST_ADMINISTRATOR, "account")


PAST = {"iat": int(time.time()) - 900, "exp": int(time.time()) - 600}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nonce": ({"nonce": "of another attempt"}, "nonce"),
    "audience": ({"aud": "another service"}, "InvalidAudienceError"),
    "audience too wide": ({"aud": [CLIENT_ID, "another service"]}, "azp"),
    "issuer": ({"iss": "https://foreign.example"}, "InvalidIssuerError"),
    "expired": (PAST, "ExpiredSignatureError"),
    "not yet": ({"iat": int(time.time()) + 9000, "nbf": int(time.time()) + 9000}, "ImmatureSignatureError"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_token_that_is_wrong_in_one_thing_lets_nobody_in(name: str, provider: OpenIdProvider) -> None:
    provider.token, because = WRONG[name]
    refused(signed_in(), asking.NOT_PROVED.replace("'", "&#39;"), because)
    assert not User.objects.filter(provider_subject=DUTY["sub"]).exists()


def test_a_token_signed_with_another_key_lets_nobody_in(provider: OpenIdProvider) -> None:
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    refused(signed_in(), "did not prove who you are", "InvalidSignatureError")


def test_a_provider_that_calls_itself_otherwise_is_not_asked(provider: OpenIdProvider) -> None:
    provider.published_issuer = "https://foreign.example"
    refused(Client().post(LEAVE), "did not prove who you are", "issuer_published")


def test_an_answer_is_good_once_and_in_the_browser_that_asked(provider: OpenIdProvider) -> None:
    """Another's browser, another state, the same answer twice, and the code by itself in a new attempt."""
    browser = Client()
    back = at_the_provider(browser)
    refused(Client().get(back), "did not start signing in here", "state")
    refused(browser.get(back.replace("state=", "state=x")), "did not start signing in here", "state")
    refused(browser.get(back), "did not start signing in here", "state")
    back = at_the_provider(browser)
    assert half_way_in(browser.get(back)) is not None
    fresh = Client()
    left = fresh.post(LEAVE)
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    used = parse_qs(urlsplit(back).query)["code"][0]
    refused(fresh.get(BACK, {"code": used, "state": state}), "did not prove who you are", "status_400")


def test_what_was_typed_when_a_session_ended_comes_back_past_the_provider(provider: OpenIdProvider) -> None:
    """To its writer alone: it waits sealed."""
    person = known_as_duty(Role.REFERRALS_OFFICER)
    code_of(person)
    provider.token = {"amr": "hwk"}
    lost = Client().post(
        "/referrals/queue/",
        {carrying.SHOWN_TO: carrying.shown_to(person), "note": "Asked the court for the file."},
    )
    (sealed,) = re.findall(r'name="carried" value="([^"]+)"', lost.text)[:1]
    again = signed_in(carried=sealed)
    assert "Carry on where you were" in again.text and "Asked the court for the file." in again.text
    provider.person = {**DUTY, "sub": "other", "email": "o.other@home.example"}
    assert "Asked the court for the file." not in signed_in(carried=sealed).text


def test_a_provider_that_is_away_is_a_sentence(provider: OpenIdProvider, settings: Any) -> None:
    settings.NEXUS_OPENID_ISSUER = "http://127.0.0.1:9"
    answer = Client().post(LEAVE)
    assert answer.status_code == 403 and "does not answer" in answer.text


def test_our_second_step_is_left_out_only_where_the_provider_says_that_it_had_one(
    provider: OpenIdProvider,
) -> None:
    """And only for who has an app or key here; what was shown long ago confirms nothing."""
    person = known_as_duty(Role.REFERRALS_OFFICER)
    for amr in (["pwd"], []):
        provider.token = {"amr": amr}
        assert half_way_in(signed_in()) == person
    code_of(person)
    provider.token = {"amr": ["pwd", "mfa"], "auth_time": int(time.time()) - 3600}
    inside = signed_in(next="/account/")
    assert inside["Location"] == "/account/" and int(inside.client.session[SESSION_KEY]) == person.pk
    assert half_way.is_marked(inside.wsgi_request, person) and CONFIRMED not in inside.client.session
    provider.token["auth_time"] = int(time.time()) - 5
    assert CONFIRMED in signed_in().client.session
    provider.person = dict(OFFICER)
    assert half_way_in(signed_in()) is not None, "who has no app or key here sets one up first"


def test_sabotage_without_the_checks_of_nonce_and_state_a_foreign_answer_is_taken(
    provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (asking, views):
        monkeypatch.setattr(module, "constant_time_compare", lambda left, right: True)
    provider.token = {"nonce": "of another attempt"}
    assert half_way_in(signed_in()) is not None


def test_sabotage_without_its_signature_any_token_is_taken(
    provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def unchecked(token: str, *args: Any, **kwargs: Any) -> Any:
        return jwt.api_jwt.decode_complete(token, options={"verify_signature": False})["payload"]

    monkeypatch.setattr(asking.jwt, "decode", unchecked)
    assert half_way_in(signed_in()) is not None


def test_a_provider_without_its_secret_or_with_an_unknown_role_is_not_served(
    provider: OpenIdProvider, settings: Any
) -> None:
    assert checks.check_openid(None) == []
    settings.NEXUS_OPENID_CLIENT_SECRET = ""
    settings.NEXUS_OPENID_ROLES = {"nexus-boss": "boss"}
    settings.NEXUS_HTTPS = True
    assert len(checks.check_openid(None)) == 3
