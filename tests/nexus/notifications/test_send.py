"""An e-mail goes out once or not at all: refused ones are tried again, doubtful ones are parked."""

import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications import actions
from nexus.notifications.actions.sending import WAITS, begin, finish
from nexus.notifications.models import Mail
from nexus.notifications.states import State
from nexus.refusals import Refused
from tests.builders import NOON, a_user

pytestmark = pytest.mark.django_db


class Moody(BaseEmailBackend):
    """A mail server in a given mood."""

    at_the_door: ClassVar[Exception | None] = None
    inside: ClassVar[Exception | None] = None
    goodbye: ClassVar[Exception | None] = None
    took: ClassVar[int] = 0

    def open(self) -> bool:
        if self.at_the_door:
            raise self.at_the_door
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if self.inside:
            raise self.inside
        type(self).took += 1
        return 1

    def close(self) -> None:
        if self.goodbye:
            raise self.goodbye


@pytest.fixture
def moody(settings: Any, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    settings.EMAIL_BACKEND = f"{__name__}.Moody"
    monkeypatch.setattr(Moody, "took", 0)
    return monkeypatch


def a_mail(person: User | None = None) -> Mail:
    person = person or a_user(Role.POLICE_OFFICER)
    number = Mail.objects.count() + 1
    actions.notify(
        event_key=f"decision:{number}",
        kind="referral_decided",
        to=[person],
        now=NOON,
        url_name="accounts:account",
    )
    return Mail.objects.latest("pk")


def send(row: Mail, now: datetime = NOON) -> bool:
    return actions.send(mail_id=row.pk, clock=lambda: now)


def again(row: Mail) -> Mail:
    return Mail.objects.get(pk=row.pk)


def test_it_is_sent_once_with_a_link_and_no_more(settings: Any) -> None:
    settings.NEXUS_ADDRESS = "https://nexus.example/"
    row = a_mail()
    assert send(row) and not send(row)
    (sent,) = mail.outbox
    notification = row.notifications.get()
    assert sent.to == [row.person.email]
    assert sent.subject == f"Nexus: {notification.words}"
    assert f"https://nexus.example/notifications/{notification.pk}/" in sent.body
    assert "https://nexus.example/account/notifications/" in sent.body
    assert row.person.full_name not in sent.body
    assert again(row).state == State.SENT and again(row).sent_at == NOON
    assert AuditEvent.objects.filter(kind="mail.sent", subject_id=str(row.pk)).count() == 1


def test_before_it_is_due_nobody_sends_it() -> None:
    row = a_mail()
    assert not send(row, NOON - timedelta(seconds=1))
    assert mail.outbox == []


REFUSALS = [
    ("at_the_door", ConnectionRefusedError()),
    ("inside", smtplib.SMTPDataError(451, b"later")),
    ("inside", smtplib.SMTPRecipientsRefused({})),
]


@pytest.mark.parametrize(("where", "problem"), REFUSALS)
def test_what_was_surely_refused_is_tried_again_ever_later(
    moody: pytest.MonkeyPatch, where: str, problem: Exception
) -> None:
    moody.setattr(Moody, where, problem)
    row, now = a_mail(), NOON
    for wait in WAITS:
        assert not send(row, now)
        assert again(row).state == State.WAITING and again(row).due_at == now + wait
        assert not send(row, now + wait - timedelta(seconds=1))
        now += wait
    moody.setattr(Moody, where, None)
    assert send(row, now)
    assert Moody.took == 1 and again(row).attempts == len(WAITS) + 1


def test_after_the_last_attempt_it_is_parked_and_an_administrator_sends_it_again(
    moody: pytest.MonkeyPatch,
) -> None:
    moody.setattr(Moody, "at_the_door", ConnectionRefusedError())
    row, now = a_mail(), NOON
    for wait in (*WAITS, timedelta()):
        send(row, now)
        now += wait
    parked = again(row)
    assert parked.state == State.PARKED and not parked.may_have_arrived
    assert parked.failure == (
        "The mail server refused this e-mail after 6 attempts (ConnectionRefusedError). "
        "Check the address and the mail settings, then send it again."
    )
    moody.setattr(Moody, "at_the_door", None)
    actions.retry(mail_id=row.pk, by=a_user(Role.ADMINISTRATOR), now=now)
    assert send(row, now) and Moody.took == 1


DOUBTS = [smtplib.SMTPServerDisconnected(), TimeoutError(), RuntimeError("who knows")]


@pytest.mark.parametrize("problem", DOUBTS, ids=lambda problem: type(problem).__name__)
def test_what_may_have_arrived_is_never_sent_again(
    moody: pytest.MonkeyPatch, problem: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    moody.setattr(Moody, "inside", problem)
    row = a_mail()
    assert not send(row)
    assert again(row).state == State.PARKED and again(row).may_have_arrived
    assert not send(row, NOON + timedelta(days=1))
    with pytest.raises(Refused, match="may have arrived"):
        actions.retry(mail_id=row.pk, by=a_user(Role.ADMINISTRATOR), now=NOON)
    assert row.person.email not in caplog.text and "who knows" not in caplog.text


def test_a_rude_goodbye_changes_nothing(moody: pytest.MonkeyPatch) -> None:
    moody.setattr(Moody, "goodbye", smtplib.SMTPException())
    row = a_mail()
    assert send(row) and again(row).state == State.SENT


def test_a_disabled_account_gets_none() -> None:
    row = a_mail()
    User.objects.filter(pk=row.person_id).update(is_active=False)
    assert not send(row)
    assert again(row).failure == "The account was disabled before the e-mail was sent, so it was not sent."
    assert mail.outbox == []


def test_the_sweep_parks_what_a_dead_worker_left(django_capture_on_commit_callbacks: Any) -> None:
    """Whether it had handed the e-mail over, nobody knows: it is not sent twice."""
    row = a_mail()
    token = begin(mail_id=row.pk, now=NOON)
    assert token and actions.sweep(now=NOON + timedelta(minutes=9)) == 0
    assert again(row).state == State.SENDING
    actions.sweep(now=NOON + timedelta(minutes=11))
    assert again(row).state == State.PARKED and again(row).may_have_arrived
    assert not finish(mail_id=row.pk, token=token, now=NOON + timedelta(minutes=12))


def test_the_sweep_tells_workers_of_what_is_due_and_of_nothing_else() -> None:
    due, later, sent = a_mail(), a_mail(), a_mail()
    Mail.objects.filter(pk=later.pk).update(due_at=NOON + timedelta(hours=1))
    assert send(sent)
    assert actions.sweep(now=NOON) == 1
    assert actions.sweep(now=NOON + timedelta(hours=1)) == 2
    assert again(due).state == State.WAITING


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_send_again(role: Role) -> None:
    row = a_mail()
    with pytest.raises(Mail.DoesNotExist):
        actions.retry(mail_id=row.pk, by=a_user(role), now=NOON)


def test_one_that_waits_is_not_sent_again() -> None:
    row = a_mail()
    with pytest.raises(Refused, match="“Waiting to be sent”"):
        actions.retry(mail_id=row.pk, by=a_user(Role.ADMINISTRATOR), now=NOON)
