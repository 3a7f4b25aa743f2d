"""One message an event and person, as they chose, in the action's own transaction."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import NoReverseMatch

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications import actions
from nexus.notifications.kinds import GROUPS, KINDS, Delivery
from nexus.notifications.models import Mail, Notification
from tests.builders import NOON, a_user

pytestmark = pytest.mark.django_db


def tell(*people: User | None, kind: str = "referral_decided", key: str = "decision:1", **given: Any) -> None:
    given.setdefault("url_name", "accounts:account")
    actions.notify(event_key=key, kind=kind, to=people, now=NOON, **given)


def test_each_person_is_told_once_however_often_it_is_said() -> None:
    officer, other = a_user(Role.POLICE_OFFICER), a_user(Role.POLICE_OFFICER)
    tell(officer, officer, None)
    tell(officer, other)
    assert Notification.objects.filter(person=officer).count() == 1
    assert Notification.objects.filter(person=other).count() == 1
    assert Mail.objects.filter(person=officer).count() == Mail.objects.filter(person=other).count() == 1


def test_another_event_is_another_message() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    tell(officer, key="decision:1")
    tell(officer, key="decision:2")
    assert Notification.objects.filter(person=officer).count() == 2


def test_who_cannot_sign_in_is_told_nothing() -> None:
    tell(a_user(Role.POLICE_OFFICER, is_active=False))
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("choice", "rows", "mails"),
    [
        (Delivery.NONE, 0, 0),
        (Delivery.IN_APP, 1, 0),
        (Delivery.INSTANT, 1, 1),
        (Delivery.DAILY, 1, 0),
        (Delivery.WEEKLY, 1, 0),
    ],
)
def test_each_as_they_chose(choice: Delivery, rows: int, mails: int) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    actions.choose(by=officer, now=NOON, choices={"decisions": choice})
    tell(officer)
    assert (Notification.objects.count(), Mail.objects.count()) == (rows, mails)


def test_a_link_that_leads_nowhere_is_told_at_once() -> None:
    with pytest.raises(NoReverseMatch):
        tell(a_user(Role.POLICE_OFFICER), url_name="referrals:nowhere")


def test_an_action_taken_back_tells_nobody() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    with transaction.atomic():
        tell(officer)
        transaction.set_rollback(True)
    assert not Notification.objects.exists() and not Mail.objects.exists()


def test_many_people_cost_no_more_than_a_few(django_assert_num_queries: Any) -> None:
    officers = [a_user(Role.REFERRALS_OFFICER) for _ in range(8)]
    with django_assert_num_queries(4):  # savepoint, choices, rows, savepoint
        tell(*officers, kind="referral_submitted", key="submitted:1")
    assert Notification.objects.count() == 8


def test_the_tables_fit_together() -> None:
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)
    for kind in KINDS.values():
        assert "{reference}" in kind.words or kind.group == "account"  # of nobody but the person told
        assert kind.words.format(reference="NHH-2026-000001")
    for name, group in GROUPS.items():
        # chosen for each view; nobody chooses not to be stopped, nor not to hear of their own account
        assert group.roles or name in ("views", "stops", "account")
        assert group.default in Delivery


@pytest.mark.django_db(transaction=True)
def test_said_at_the_same_moment_it_is_one_message() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    for number in range(10):
        start = threading.Barrier(4)

        def race(key: str = f"decision:{number}", start: threading.Barrier = start) -> None:
            start.wait()
            try:
                tell(officer, key=key)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(race) for _ in range(4)]:
                done.result()
    assert Notification.objects.count() == Mail.objects.count() == 10
    assert not Notification.objects.filter(mail=None).exists()
    assert mail.outbox == []
