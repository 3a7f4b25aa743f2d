"""Tokens and sessions."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from nexus.accounts import actions, throttle
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor.proof import CODE
from nexus.audit.models import AuditEvent
from nexus.presses.models import Press
from tests.builders import NOON, PASSWORD, a_user
from tests.identity import code_of
from tests.nexus.api.calling import JSON, Caller, errors_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


def ask_for_token(email: str, password: str = PASSWORD, **headers: str) -> Any:
    person = User.objects.filter(email=email.lower()).first()
    body = {"email": email, "password": password, CODE: code_of(person) if person else "000000"}
    return Client().post("/api/v1/token/", body, content_type=JSON, headers=headers)


def test_a_token_is_given_used_and_ended() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    answer = ask_for_token(officer.email.upper())
    assert answer.status_code == 201 and answer.headers["Cache-Control"] == "no-store"
    headers = {"Authorization": f"Token {answer.json()['token']}"}
    me = Client().get("/api/v1/session/", headers=headers)
    assert me.json()["person"] == {
        "email": officer.email,
        "full_name": officer.full_name,
        "role": "police_officer",
        "role_name": "Police officer",
        "force": "20",
        "team": None,
        "nsa_accredited": False,
    }
    assert me.headers["Cache-Control"] == "no-store"
    assert Client().delete("/api/v1/token/", headers=headers).status_code == 204
    assert Client().get("/api/v1/session/", headers=headers).status_code == 401
    kinds = AuditEvent.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["user.token_created", "user.token_revoked", "refusal.bad_token"]


def test_a_call_with_a_key_makes_one_token_which_is_kept_nowhere() -> None:
    officer, key = a_user(Role.POLICE_OFFICER), {"Idempotency-Key": "k"}
    first, second = (ask_for_token(officer.email, **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 409)
    assert "made a token already" in second.json()["reasons"][0]
    assert AuditEvent.objects.filter(kind="user.token_created").count() == 1
    press = Press.objects.get()
    assert (press.status, press.answer) == (201, None)
    assert ask_for_token(officer.email, **{"Idempotency-Key": "another"}).status_code == 201


def test_a_person_has_five_tokens_at_most() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    codes = [ask_for_token(officer.email).status_code for _ in range(6)]
    assert codes == [201] * 5 + [409]


def test_a_wrong_password_is_401_on_record_and_says_no_more_than_the_page() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    wrong, nobody = ask_for_token(officer.email, "no"), ask_for_token("nobody@police.example", "no")
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert {**wrong.json(), "request_id": ""} == {
        **nobody.json(),
        "request_id": "",
    } and "is not right" in wrong.json()["detail"]
    failed = AuditEvent.objects.filter(kind="user.sign_in_failed")
    assert set(failed.values_list("subject_id", flat=True)) == {str(officer.pk), ""}


def test_missing_fields_are_400_by_name() -> None:
    answer = Client().post("/api/v1/token/", {"email": "a@police.example"}, content_type=JSON)
    assert answer.status_code == 400
    assert errors_of(answer) == {
        "password": ["Enter your password"],
        CODE: ["Enter the code your app shows now"],
    }


def test_guessing_is_slowed_down() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    for _ in range(throttle.ATTEMPTS):
        ask_for_token(officer.email, "no")
    answer = ask_for_token(officer.email)
    assert answer.status_code == 429 and "Wait 15 minutes" in answer.json()["detail"]


def test_many_calls_from_one_address_are_slowed_down() -> None:
    codes = {ask_for_token(f"{number}@police.example", "no").status_code for number in range(61)}
    assert codes == {401, 429}


def test_nobody_is_answered_401() -> None:
    assert Caller(None).get("referrals/").status_code == 401
    assert Caller(None).post("referrals/").status_code == 401


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token \xff", "Token ' OR 1=1", "Bearer x", "Token " + "a" * 500]
)
def test_rubbish_for_a_token_is_401(header: str) -> None:
    assert Client().get("/api/v1/session/", headers={"Authorization": header}).status_code == 401


def test_a_disabled_person_is_out_at_the_next_call() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    caller = Caller(officer)
    assert caller.get("session/").status_code == 200
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert caller.get("session/").status_code == 401
    type(officer).objects.filter(pk=officer.pk).update(is_active=True)
    actions.disable_user(user_id=officer.pk, by=a_user(Role.ADMINISTRATOR), now=NOON)
    actions.enable_user(user_id=officer.pk, by=a_user(Role.ADMINISTRATOR), confirmed_at=NOON, now=NOON)
    assert caller.get("session/").status_code == 401  # its token went with the disabling


def test_a_browsers_session_needs_its_csrf_token() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    key = {"Idempotency-Key": "3f0a2c1e-7d43-4a0e-9a36-2b1f8f2f1d11"}
    assert browser.post("/api/v1/referrals/", {}, content_type=JSON, headers=key).status_code == 403
    token = browser.get("/api/v1/session/").json()["csrf_token"]
    answer = browser.post("/api/v1/referrals/", {}, content_type=JSON, headers={**key, "X-CSRFToken": token})
    assert answer.status_code == 201


def test_an_unknown_address_answers_json() -> None:
    answer = Caller(a_user(Role.MANAGER)).get("nowhere/")
    assert answer.status_code == 404 and answer.json()["detail"] == "Not found."


def test_the_schema_is_public_and_holds_no_data() -> None:
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Quill Underwater")
    answer = Client().get("/api/schema/")
    assert answer.status_code == 200 and answer.json()["openapi"].startswith("3.")
    assert officer.full_name not in answer.content.decode()
    assert {"/api/v1/queue/", "/api/v1/referrals/{reference}/accept/"} <= set(answer.json()["paths"])
