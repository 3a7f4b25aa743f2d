"""Confirming that it is you: one function, asked by whatever is done in a person's name or changes an account."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts import actions, own_account
from nexus.accounts.confirming import Confirmation
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.rules import FRESH
from nexus.accounts.second_factor.proof import CODE, MISSING, NOT_RIGHT
from nexus.accounts.throttle import ATTEMPTS
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Mail, Notification
from nexus.refusals import Refused
from tests.builders import NOON, a_user
from tests.figures import Figure
from tests.identity import code_of, unconfirmed

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"
ASKED = 'name="one_time_password"'


@pytest.fixture
def administrator() -> User:
    return a_user(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return unconfirmed(client)


def test_it_is_asked_once_in_five_minutes(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert MISSING in client.post(ACCOUNT).text
        assert "Your new token" in confirm(client).text
        assert ASKED not in client.get(ACCOUNT).text
        assert "Your new token" in client.post(ACCOUNT).text
        clock.shift(FRESH + timedelta(seconds=1))
        assert MISSING in client.post(ACCOUNT).text


def confirm(client: Client, typed: str = "") -> Any:
    """By the code of the person's app, unless something else is typed."""
    person = User.objects.get(pk=client.session["_auth_user_id"])
    return client.post(ACCOUNT, {CODE: typed or code_of(person)})


def test_it_counts_in_its_own_session_only(client: Client, administrator: User) -> None:
    confirm(client)
    other = Client()
    other.force_login(administrator)
    assert MISSING in unconfirmed(other).post(ACCOUNT).text


def test_another_persons_confirmation_is_worth_nothing(client: Client) -> None:
    confirm(client)
    session = client.session
    session["confirmed"] = [a_user(Role.MANAGER).pk, timezone.now().isoformat()]
    session.save()
    assert MISSING in client.post(ACCOUNT).text


def test_a_wrong_answer_is_counted_recorded_and_told(client: Client, administrator: User) -> None:
    for _ in range(ATTEMPTS):
        assert NOT_RIGHT in confirm(client, "000000").text
    assert "Too many attempts" in confirm(client).text
    assert AuditEvent.objects.filter(kind="user.not_confirmed", by_id=administrator.pk).count() == ATTEMPTS
    told = Notification.objects.get(person=administrator)
    assert (told.kind, told.reference, told.subject_id) == ("account_not_confirmed", "", "")
    assert Mail.objects.get().person == administrator
    other = Client()
    other.force_login(a_user(Role.ADMINISTRATOR))
    assert "Your new token" in confirm(unconfirmed(other)).text  # nobody else is shut out


def test_a_form_read_twice_counts_one_mistake(administrator: User) -> None:
    confirmation = Confirmation(by=administrator, session=None)
    for _ in range(2):
        with pytest.raises(ValidationError, match="not right"):
            confirmation.confirm_it_is_you(timezone.now(), code="000000")
    assert AuditEvent.objects.filter(kind="user.not_confirmed").count() == 1


NEW_USER = {"email": "new@nexus.example", "full_name": "Sigrid Marlowe", "role": Role.AUDITOR}
A_PROGRAM = {
    "name": "Crime system",
    "reads": ["referrals:read"],
    "days": 90,
    "reason": "It runs every night.",
}
SENSITIVE: dict[str, Callable[..., Any]] = {
    "a new account": lambda by, person, **at: actions.add_user(by=by, **NEW_USER, **at),
    "e-mail address and role": lambda by, person, **at: actions.change_user(
        user_id=person.pk, by=by, **NEW_USER, **at
    ),
    "enabling": lambda by, person, **at: actions.enable_user(user_id=person.pk, by=by, **at),
    "a link to a new password": lambda by, person, **at: actions.send_password_link(
        user_id=a_user(Role.AUDITOR).pk, by=by, **at
    ),
    "a new password": lambda by, person, **at: own_account.change_password(
        by=by, new="three unrelated words", **at
    ),
    "a program": lambda by, person, **at: actions.grant_integration(
        user_id=a_user(Role.AUDITOR).pk, by=by, **A_PROGRAM, **at
    ),
    "a token": lambda by, person, **at: own_account.create_token(by=by, **at),
}


@pytest.mark.parametrize("act", SENSITIVE.values(), ids=SENSITIVE)
@pytest.mark.parametrize(
    "confirmed_at", [None, NOON - FRESH - timedelta(seconds=1), NOON + timedelta(seconds=1)]
)
def test_nothing_sensitive_is_done_unconfirmed(
    administrator: User, act: Callable[..., Any], confirmed_at: Any
) -> None:
    person = a_user(Role.AUDITOR, is_active=False)
    before = list(AuditEvent.objects.values_list("pk", flat=True))
    with pytest.raises(Refused, match="Confirm that it is you"):
        act(by=administrator, person=person, confirmed_at=confirmed_at, now=NOON)
    assert list(AuditEvent.objects.values_list("pk", flat=True)) == before
    act(by=administrator, person=person, confirmed_at=NOON, now=NOON)


def test_of_all_that_is_sensitive_nothing_is_done_unconfirmed(administrator: User, figure: Figure) -> None:
    person, done = a_user(Role.AUDITOR, is_active=False), []
    for name, act in SENSITIVE.items():
        for confirmed_at in (None, NOON - FRESH - timedelta(seconds=1), NOON + timedelta(seconds=1)):
            with suppress(Refused):
                act(by=administrator, person=person, confirmed_at=confirmed_at, now=NOON)
                done.append(name)
    tried = 3 * len(SENSITIVE)
    figure(9, f"{len(done)} of {tried} acts done without a fresh confirmation", holds=not done)


def test_the_administrators_pages_ask(client: Client) -> None:
    person = a_user(Role.AUDITOR)
    for page in ("user_change", "user_password"):
        address = reverse(f"administration:{page}", args=[person.pk])
        assert ASKED in client.get(address).text
        assert MISSING in client.post(address).text


def test_without_the_check_the_pages_let_anybody_through(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: were a wrong answer no refusal, the test above of wrong answers would fail."""
    monkeypatch.setattr(Confirmation, "_refusal", lambda *args: "")
    assert "Your new token" in confirm(client, "000000").text
