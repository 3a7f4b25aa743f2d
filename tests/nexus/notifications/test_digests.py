"""One digest a person and period, at the same hour on the UK's clocks, however often the task runs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications import actions
from nexus.notifications.actions.digests import due_at, latest_day
from nexus.notifications.kinds import Delivery
from nexus.notifications.models import Mail, Notification
from tests.builders import NOON, a_user

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)  # the morning after NOON, a Tuesday


def someone(choice: Delivery = Delivery.DAILY) -> User:
    person = a_user(Role.POLICE_OFFICER)
    actions.choose(by=person, now=NOON, choices={"decisions": choice})
    return person


def tell(person: User, *, now: datetime = NOON) -> None:
    number = Notification.objects.count() + 1
    key = {"event_key": f"decision:{number}", "kind": "referral_decided"}
    actions.notify(**key, to=[person], now=now, url_name="accounts:account")


def sent(now: datetime) -> list[Any]:
    """What one run of the digests and of the senders puts into the post."""
    actions.send_digests(now=now)
    before = len(mail.outbox)
    for row in Mail.objects.order_by("pk"):
        actions.send(mail_id=row.pk, clock=lambda: now)
    return mail.outbox[before:]


def test_a_day_is_one_mail_however_often_the_task_runs() -> None:
    person = someone()
    tell(person)
    tell(person)
    assert sent(SEVEN - timedelta(minutes=1)) == []
    (digest,) = sent(SEVEN)
    assert digest.to == [person.email]
    assert digest.subject == "Nexus: your daily summary, 2 notifications"
    for notification in Notification.objects.filter(person=person):
        assert f"/notifications/{notification.pk}/" in digest.body
    assert sent(SEVEN) == sent(SEVEN + timedelta(hours=3)) == sent(SEVEN + timedelta(days=1)) == []


def test_what_comes_after_the_hour_waits_for_the_next() -> None:
    person = someone()
    tell(person)
    assert len(sent(SEVEN)) == 1
    tell(person, now=SEVEN + timedelta(minutes=1))
    assert sent(SEVEN + timedelta(hours=10)) == []
    assert len(sent(SEVEN + timedelta(days=1))) == 1


def test_a_machine_that_slept_at_seven_sends_it_later() -> None:
    tell(someone())
    assert len(sent(SEVEN + timedelta(hours=9))) == 1


def test_what_was_read_meanwhile_is_left_out() -> None:
    person = someone()
    tell(person)
    actions.mark_all_read(by=person, now=NOON)
    assert sent(SEVEN) == []


def test_a_week_ends_on_monday() -> None:
    person = someone(Delivery.WEEKLY)
    tell(person)  # on a Monday at noon
    assert sent(SEVEN) == sent(SEVEN + timedelta(days=5)) == []
    (digest,) = sent(SEVEN + timedelta(days=6))
    assert digest.subject == "Nexus: your weekly summary, 1 notification"
    assert sent(SEVEN + timedelta(days=7)) == []


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), 7),  # the day before the clocks go forward
        (date(2026, 3, 29), 6),
        (date(2026, 7, 1), 6),
        (date(2026, 10, 24), 6),
        (date(2026, 10, 25), 7),  # the clocks go back
        (date(2026, 12, 25), 7),
    ],
)
def test_seven_is_seven_on_the_wall(day: date, utc: int) -> None:
    due = datetime(day.year, day.month, day.day, utc, tzinfo=UTC)
    assert due_at(day) == due
    assert latest_day(Delivery.DAILY, due) == day
    assert latest_day(Delivery.DAILY, due - timedelta(seconds=1)) == day - timedelta(days=1)


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_over_a_clock_change_each_day_has_one(change: date) -> None:
    """A run every ten minutes, by UTC, for three days around it."""
    person = someone()
    moment = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=1)
    end, mails = moment + timedelta(days=3), 0
    while moment < end:
        if moment.minute == 0:
            tell(person, now=moment - timedelta(seconds=1))
        mails += actions.send_digests(now=moment)
        moment += timedelta(minutes=10)
    around = [change + timedelta(days=days) for days in (-1, 0, 1)]
    assert [row.key for row in Mail.objects.order_by("pk")] == [f"daily:{day}" for day in around]
    assert mails == 3


def test_weeks_are_mondays_on_the_wall() -> None:
    before = datetime(2026, 3, 30, 5, 59, tzinfo=UTC)  # Monday, 6:59 summer time
    assert latest_day(Delivery.WEEKLY, before) == date(2026, 3, 23)
    assert latest_day(Delivery.WEEKLY, before + timedelta(minutes=1)) == date(2026, 3, 30)


def test_a_long_digest_names_fifty() -> None:
    person = someone()
    for _ in range(53):
        tell(person)
    (digest,) = sent(SEVEN)
    assert digest.body.count("* A decision") == 50 and "And 3 more." in digest.body


def test_a_changed_mind_goes_for_what_waits() -> None:
    person = someone()
    tell(person)
    actions.choose(by=person, now=NOON, choices={"decisions": Delivery.IN_APP})
    assert sent(SEVEN) == []
    other = someone()
    tell(other)
    actions.choose(by=other, now=NOON, choices={"decisions": Delivery.WEEKLY})
    assert sent(SEVEN) == []
    assert len(sent(SEVEN + timedelta(days=6))) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_make_one() -> None:
    people = [someone() for _ in range(5)]
    for person in people:
        tell(person)
    start = threading.Barrier(3)

    def run() -> int:
        start.wait()
        try:
            return actions.send_digests(now=SEVEN)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(run) for _ in range(3)]
    assert sum(each.result() for each in made) == Mail.objects.count() == 5
    assert not Notification.objects.filter(mail=None).exists()
