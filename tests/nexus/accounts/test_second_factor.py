"""The second factor: set up before anything else is seen, good once, counted, reset by two others."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as product
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from nexus.accounts import throttle
from nexus.accounts.models import SecondFactorReset, User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import actions, codes, half_way
from nexus.accounts.second_factor.proof import CODE
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, PASSWORD, a_user
from tests.figures import Figure
from tests.identity import SECRET, code_of, sign_in, unconfirmed

pytestmark = pytest.mark.django_db
STEP = "/sign-in/second-step/"
# Every kind of door: pages, a list, an export, the API in a browser's session.
DOORS = ("/", "/account/", "/cases/", "/notifications/", "/waiting/", "/api/v1/session/", "/law/")


@pytest.fixture
def manager() -> User:
    return a_user(Role.MANAGER)


def password_only(client: Client, person: User) -> Any:
    return client.post("/sign-in/", {"email": person.email, "password": PASSWORD})


def secret_on(page: str) -> tuple[str, str]:
    """The secret that a page of setting up shows, and the same sealed."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    sealed = re.search(r'name="sealed_password" value="([^"]+)"', page)
    assert found and sealed
    return found[1].replace(" ", ""), sealed[1]


def now_on(secret: str) -> str:
    return codes.code_at(secret, codes.period_of(timezone.now()))


def test_nothing_is_seen_before_the_second_step(client: Client, manager: User, figure: Figure) -> None:
    page = password_only(client, manager).text
    assert "Set up your second step" in page and manager.full_name not in page
    assert "_auth_user_id" not in client.session
    let_in = [door for door in DOORS if client.get(door).status_code not in (302, 401, 403)]
    figure(10, f"{len(let_in)} of {len(DOORS)} doors let in who gave only the password", holds=not let_in)


def test_it_is_set_up_at_the_first_sign_in_and_asked_at_the_next(client: Client, manager: User) -> None:
    secret, sealed = secret_on(password_only(client, manager).text)
    before = client.session.session_key
    page = client.post(STEP, {"sealed_password": sealed, "new_app_password": now_on(secret)}).text
    assert "Keep your recovery codes" in page and len(re.findall(r"<li><code>\d{4} \d{4}</code>", page)) == 10
    assert client.get("/account/").status_code == 200 and client.session.session_key != before
    assert Notification.objects.filter(person=manager, kind="account_second_factor_changed").count() == 1
    client.post("/sign-out/")
    assert "Enter your code" in password_only(client, manager).text
    assert client.get("/account/").status_code == 302


def test_a_session_without_its_second_factor_is_ended(client: Client, manager: User) -> None:
    """Whatever door let it in: here the mark is taken from a session that is signed in."""
    client.force_login(manager)
    session = client.session
    del session[half_way.SECOND_FACTOR]
    session.save()
    assert client.get("/account/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_without_that_guard_a_password_would_be_enough(
    client: Client, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: with the guard away, the session of the test above is let in."""
    monkeypatch.setattr(half_way, "is_marked", lambda request, person: True)
    client.force_login(manager)
    session = client.session
    del session[half_way.SECOND_FACTOR]
    session.save()
    assert client.get("/account/").status_code == 200


def test_a_code_is_good_once_and_never_an_older_one(manager: User) -> None:
    code_of(manager)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        older, code = (codes.code_at(SECRET, codes.period_of(timezone.now()) + at) for at in (-1, 0))
        assert codes.accept_code(manager, f"{code[:3]} {code[3:]}", timezone.now()) == "app"
        for again in (code, older):
            assert codes.accept_code(manager, again, timezone.now()) == ""
        clock.shift(timedelta(seconds=30))
        assert codes.accept_code(manager, code, timezone.now()) == ""
        assert codes.accept_code(manager, now_on(SECRET), timezone.now()) == "app"


def test_without_the_counter_a_code_would_be_good_twice(
    manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: where the last period is not compared, the same code is taken again."""
    code, matched = code_of(manager), codes.period_matched
    monkeypatch.setattr(codes, "period_matched", lambda *given, after=0: matched(*given))
    assert [codes.accept_code(manager, code, timezone.now()) for _ in range(2)] == ["app", "app"]


def test_a_recovery_code_is_good_once(manager: User) -> None:
    code_of(manager)
    paper = codes.new_codes_on_paper(manager)
    assert [codes.accept_code(manager, paper[3], timezone.now()) for _ in range(2)] == ["paper", ""]
    assert codes.codes_left(manager) == 9
    codes.new_codes_on_paper(manager)
    assert codes.accept_code(manager, paper[4], timezone.now()) == ""


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "0000000", "-", "9" * 400])
def test_what_is_no_code_is_refused(manager: User, typed: str) -> None:
    code_of(manager)
    codes.new_codes_on_paper(manager)
    assert codes.accept_code(manager, typed, timezone.now()) == ""


def test_another_persons_code_is_worth_nothing(client: Client, manager: User) -> None:
    code_of(manager)
    Authenticator.objects.update(data={"secret": codes.new_secret(), "last_period": 0})
    code = code_of(a_user(Role.MANAGER))
    password_only(client, manager)
    assert "The code is not right" in client.post(STEP, {CODE: code}).text


def test_wrong_codes_are_counted_recorded_and_told_and_shut_nobody_else_out(manager: User) -> None:
    stranger, code = Client(REMOTE_ADDR="203.0.113.9"), code_of(manager)
    password_only(stranger, manager)
    for _ in range(throttle.ATTEMPTS):
        assert "The code is not right" in stranger.post(STEP, {CODE: "000000"}).text
    assert "Too many attempts" in stranger.post(STEP, {CODE: code}).text
    failed = AuditEvent.objects.filter(kind="user.second_factor_failed", subject_id=str(manager.pk))
    assert failed.count() == throttle.ATTEMPTS
    assert Notification.objects.get(person=manager).kind == "account_not_confirmed"
    assert sign_in(Client(), manager.email).status_code == 302


def test_the_second_step_ends_with_a_new_password_disabling_and_ten_minutes(manager: User) -> None:
    code_of(manager)
    for change in ({"is_active": False}, {"password": "another"}, {"session_epoch": 7}):
        client = Client()
        password_only(client, manager)
        User.objects.filter(pk=manager.pk).update(**change)
        assert client.post(STEP, {CODE: code_of(manager)}).headers["Location"] == "/sign-in/"
        manager.save()
    client = Client()
    password_only(client, manager)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.post(STEP, {CODE: code_of(manager)}).headers["Location"] == "/sign-in/"


def test_secrets_are_sealed_and_a_key_can_be_replaced(manager: User, settings: Any) -> None:
    sealed = codes.new_secret()
    secret = codes.opened(sealed)
    assert secret not in sealed and re.fullmatch("[A-Z2-7]{32}", secret)
    settings.NEXUS_SECOND_FACTOR_KEYS = ["a new key", *product.NEXUS_SECOND_FACTOR_KEYS]
    assert codes.opened(sealed) == secret
    codes.new_codes_on_paper(manager)
    stored = str(Authenticator.objects.get(user=manager).data)
    assert not any(
        code in stored for code in codes.RecoveryCodes(Authenticator.objects.get()).generate_codes()
    )


def test_a_token_takes_both_steps(manager: User) -> None:
    body = {"email": manager.email, "password": PASSWORD, CODE: "000000"}
    code = code_of(manager)
    for given, status in (("000000", 401), (code, 201), (code, 401)):
        answer = Client().post("/api/v1/token/", {**body, CODE: given}, content_type="application/json")
        assert answer.status_code == status
    assert AuthToken.objects.count() == 1


def test_the_only_one_cannot_be_removed_and_nobody_elses(client: Client, manager: User) -> None:
    code_of(manager)
    client.force_login(manager)
    app = Authenticator.objects.get(user=manager)
    page = client.post(reverse("accounts:factor_remove", args=[app.pk]))
    assert page.status_code == 409 and "This is the only one you have" in page.text
    other = a_user(Role.MANAGER)
    code_of(other)
    theirs = Client()
    theirs.force_login(other)
    assert "no longer there" in theirs.post(reverse("accounts:factor_remove", args=[app.pk])).text
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_another_app_takes_the_first_ones_place_after_confirming(client: Client, manager: User) -> None:
    code = code_of(manager)
    client.force_login(manager)
    unconfirmed(client)
    address = reverse("accounts:app_add")
    secret, sealed = secret_on(client.get(address).text)
    typed = {"sealed_password": sealed, "new_app_password": now_on(secret)}
    assert "Enter the code from your app, or one" in client.post(address, typed).text
    done = client.post(address, {**typed, CODE: code}, follow=True)
    assert "Your app is set up" in done.text
    assert Authenticator.objects.filter(user=manager).count() == 1
    assert codes.opened(Authenticator.objects.get(user=manager).data["secret"]) == secret


# A reset takes two administrators, neither of them the person.


def ask(person: User, by: User) -> SecondFactorReset:
    return actions.ask_for_reset(
        user_id=person.pk, by=by, reason="Rang me from his desk.", confirmed_at=NOON, now=NOON
    )


def agree(person: User, by: User) -> User:
    return actions.agree_to_reset(user_id=person.pk, by=by, confirmed_at=NOON, now=NOON)


def test_a_reset_is_asked_for_by_one_administrator_and_agreed_to_by_another(manager: User) -> None:
    first, second = a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)
    client = Client()
    sign_in(client, manager.email)
    AuthToken.objects.create(manager)
    ask(manager, first)
    assert client.get("/account/").status_code == 200  # nothing has changed yet
    agree(manager, second)
    assert client.get("/account/").status_code == 302
    assert not Authenticator.objects.filter(user=manager).exists() and not AuthToken.objects.exists()
    assert "Set up your second step" in password_only(Client(), manager).text
    told = Notification.objects.filter(person=manager).values_list("kind", flat=True)
    assert {"account_reset_asked", "account_reset"} <= set(told)
    assert AuditEvent.objects.get(kind="user.second_factor_reset").detail == {"asked_by": first.pk}


def test_nobody_resets_alone_and_nobody_their_own(manager: User) -> None:
    first, second = a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)
    for person in (manager, second):
        code_of(person)
    with pytest.raises(Refused, match="Nobody resets their own"):
        ask(second, second)
    with pytest.raises(Refused, match="Nobody has asked"):
        agree(manager, first)
    for person in (manager, second):
        ask(person, first)
    with pytest.raises(Refused, match="another administrator must agree"):
        agree(manager, first)
    with pytest.raises(Refused, match="Nobody resets their own"):
        agree(second, second)
    with pytest.raises(Refused, match="already been asked for"):
        ask(manager, second)
    assert Authenticator.objects.count() == 2


def test_the_database_refuses_a_reset_by_one(manager: User) -> None:
    """Sabotage: were the reasons left out, the constraint would still stand."""
    first = a_user(Role.ADMINISTRATOR)
    code_of(manager)
    asked = ask(manager, first)
    for alone in (first, manager):
        with pytest.raises(IntegrityError, match="a_reset_takes_two_others"), transaction.atomic():
            SecondFactorReset.objects.filter(pk=asked.pk).update(agreed_by=alone, agreed_at=NOON)


def test_the_pages_of_a_reset_lead_from_one_administrator_to_the_other(manager: User) -> None:
    code_of(manager)
    for by, page, words in (
        (a_user(Role.ADMINISTRATOR), "user_ask_for_reset", "Another administrator must agree"),
        (a_user(Role.ADMINISTRATOR), "user_agree_to_reset", "sets up a new second step"),
    ):
        client = Client()
        client.force_login(by)
        address = reverse(f"administration:{page}", args=[manager.pk])
        assert address in client.get(reverse("administration:user_change", args=[manager.pk])).text
        assert (
            words
            in client.post(
                address,
                {"reason": "Rang from the custody desk; the sergeant on duty knows the voice."},
                follow=True,
            ).text
        )


# The demonstration


def test_codes_are_printed_for_invented_people_only(
    manager: User, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="nobody of the demonstration"):
        call_command("code", manager.email)
    invented = a_user(Role.AUDITOR)
    User.objects.filter(pk=invented.pk).update(email="auditor@nexus.example")
    invented.refresh_from_db()
    with pytest.raises(CommandError, match="set up no app"):
        call_command("code", "auditor")
    code_of(invented)
    for _ in range(2):  # the second is the next code, where the first was used just now
        call_command("code", "auditor")
        client = Client()
        password_only(client, invented)
        printed = capsys.readouterr().out.split()[-1]
        assert client.post(STEP, {CODE: printed}).status_code == 302
