"""Nobody is given a password: a link in an e-mail opens, once, the page on which they choose their own."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts import actions, invitations
from nexus.accounts.models import Invitation, User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import half_way
from nexus.audit.models import AuditEvent
from nexus.notifications import actions as notifications
from nexus.notifications.models import Mail
from nexus.refusals import Refused
from tests.builders import PASSWORD, a_user
from tests.identity import sign_in

pytestmark = pytest.mark.django_db
NEW = "three unrelated words"


def invited() -> User:
    """Somebody for whom an administrator has just made an account."""
    now = timezone.now()
    return actions.add_user(
        by=a_user(Role.ADMINISTRATOR),
        confirmed_at=now,
        now=now,
        email="new@nexus.example",
        full_name="Sigrid Marlowe",
        role=Role.AUDITOR,
    )


def sent_to(person: User) -> str:
    """The body of the newest e-mail to this person, sent now."""
    waiting = Mail.objects.filter(person=person).latest("pk")
    assert notifications.send(mail_id=waiting.pk, clock=timezone.now)
    assert mail.outbox[-1].to == [person.email]
    return str(mail.outbox[-1].body)


def link_in(body: str) -> str:
    found = re.search(r"http\S+(/invitation/[\w-]{43}/)", body)
    assert found, body
    return found[1]


def opened(client: Client, link: str) -> str:
    """Where the link leads."""
    answer = client.get(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/invitation/")
    return str(answer.headers["Location"])


def choose(client: Client, link: str, new: str = NEW) -> Any:
    return client.post(opened(client, link), {"new_password": new})


def test_somebody_invited_chooses_a_password_and_sets_up_the_second_step(client: Client) -> None:
    person = invited()
    link = link_in(sent_to(person))
    assert person.email in client.get(opened(client, link)).text
    page = choose(client, link)
    assert "Code from your app" in page.text and half_way.HALF_WAY in client.session
    assert client.get("/account/").status_code == 302  # half-way in is nobody
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert sign_in(Client(), person.email, NEW).status_code == 302
    entries = AuditEvent.objects.filter(subject_id=str(person.pk), kind__contains="invit").order_by("pk")
    assert [each.kind for each in entries] == ["user.invited", "user.invitation_accepted"]


def test_the_e_mail_names_nobody() -> None:
    person = invited()
    body = sent_to(person)
    assert "Sigrid" not in body and "Marlowe" not in body and person.email not in body
    assert "Sigrid" not in mail.outbox[-1].subject


def test_what_the_link_opens_with_is_kept_as_a_hash_alone() -> None:
    person = invited()
    secret = link_in(sent_to(person)).split("/")[2]
    kept = Invitation.objects.get(person=person)
    assert kept.secret_hash == invitations.hashed(secret) and secret not in repr(kept.__dict__)
    entries = AuditEvent.objects.values_list("detail", "reason", "recipient")
    assert secret not in repr(list(entries))


def test_a_link_works_once(client: Client) -> None:
    link = link_in(sent_to(invited()))
    choose(client, link)
    again = Client().get(link)
    assert again.status_code == 404 and invitations.NOT_OPEN in again.text


def test_a_page_that_was_opened_before_the_link_was_used_does_not_set_another(client: Client) -> None:
    person = invited()
    link = link_in(sent_to(person))
    opened(client, link)
    choose(Client(), link)
    answer = client.post("/invitation/", {"new_password": "another three words"})
    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_link_runs_out(client: Client, time_machine: Any) -> None:
    link = link_in(sent_to(invited()))
    time_machine.move_to(timezone.now() + invitations.GOOD_FOR + timedelta(seconds=1))
    assert client.get(link).status_code == 404


def test_a_newer_link_takes_the_place_of_the_older(client: Client) -> None:
    person = invited()
    older = link_in(sent_to(person))
    now = timezone.now()
    actions.send_password_link(user_id=person.pk, by=a_user(Role.ADMINISTRATOR), confirmed_at=now, now=now)
    newer = link_in(sent_to(person))
    assert client.get(older).status_code == 404
    assert "Code from your app" in choose(client, newer).text


def test_a_disabled_person_is_let_in_by_no_link(client: Client) -> None:
    person = invited()
    link = link_in(sent_to(person))
    actions.disable_user(user_id=person.pk, by=a_user(Role.ADMINISTRATOR), now=timezone.now())
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("secret", ["", "x", "–", "a" * 43, "a" * 500])
def test_a_guess_opens_nothing(client: Client, secret: str) -> None:
    invited()  # whose e-mail is not written yet: no link opens it
    assert invitations.opened_by(secret and invitations.hashed(secret), timezone.now()) is None
    with pytest.raises(Refused, match="does not open anything"):
        invitations.accept(secret_hash="", new=NEW, now=timezone.now())
    assert client.get("/invitation/").status_code == 404
    if secret:
        assert client.get(reverse("accounts:invitation", args=[secret])).status_code == 404


def test_a_weak_password_is_refused_at_its_field(client: Client) -> None:
    person = invited()
    answer = choose(client, link_in(sent_to(person)), "password")
    assert "govuk-error-message" in answer.text
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_whoever_lost_a_password_keeps_their_second_step(client: Client) -> None:
    person = a_user(Role.MANAGER)
    sign_in(client, person.email)
    now = timezone.now()
    actions.send_password_link(user_id=person.pk, by=a_user(Role.ADMINISTRATOR), confirmed_at=now, now=now)
    assert client.get("/account/").status_code == 302
    assert sign_in(Client(), person.email, PASSWORD).status_code == 200  # the old one is none any more
    assert "Enter your code" in choose(Client(), link_in(sent_to(person))).text


def test_the_session_of_somebody_else_ends_when_the_link_is_used(client: Client) -> None:
    link = link_in(sent_to(invited()))
    client.force_login(a_user(Role.MANAGER))
    choose(client, link)
    assert client.get("/account/").status_code == 302


def test_a_disabled_person_is_sent_no_link() -> None:
    person, now = a_user(Role.AUDITOR, is_active=False), timezone.now()
    with pytest.raises(Refused, match="Enable it first"):
        actions.send_password_link(
            user_id=person.pk, by=a_user(Role.ADMINISTRATOR), confirmed_at=now, now=now
        )


def test_the_database_lets_no_invitation_be_deleted() -> None:
    invited()
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.all().delete()


def test_without_the_marking_a_link_works_twice(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: were an invitation not asked whether it was used, the tests above would fail."""
    monkeypatch.setattr(
        invitations,
        "open_invitations",
        lambda now: Invitation.objects.filter(expires_at__gt=now, person__is_active=True),
    )
    link = link_in(sent_to(invited()))
    choose(client, link)
    assert Client().get(link).status_code == 302
