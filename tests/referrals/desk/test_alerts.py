"""Alerts of saved views: what newly enters one is told of once, to whoever asked for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.actions import send_digests
from nexus.notifications.models import Mail, Notification
from nexus.notifications.writing import message_of
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.desk import actions
from referrals.desk.actions import alerts
from referrals.desk.models import SavedView, ViewAlert, ViewEntry
from tests.builders import NOON, a_user
from tests.referrals.croydon import as_role, sent, signed_in

pytestmark = pytest.mark.django_db
VIEWS = "/referrals/queue/views/"


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER)


@pytest.fixture
def view(officer: User) -> SavedView:
    return actions.save_view(by=officer, now=NOON, name="Waiting", query="state=submitted", shared=True)


def hear(view: SavedView, by: User, how_often: str, now: datetime = NOON) -> None:
    actions.set_alert(view_id=view.pk, by=by, now=now, how_often=how_often)


def messages(person: User) -> list[str]:
    told = Notification.objects.filter(person=person, kind__startswith="view_").order_by("pk")
    return [each.words for each in told]


def test_what_is_there_already_is_not_told_of_and_what_enters_is_once(view: SavedView, officer: User) -> None:
    sent()
    hear(view, officer, "instant")
    assert actions.tell_of_views(now=at(1)) == 0
    new = sent(now=at(1))
    assert [actions.tell_of_views(now=at(2)) for _ in range(2)] == [1, 0]
    assert messages(officer) == [f"{new.reference} is new in a view of the queue that you follow"]
    mail = Mail.objects.get(person=officer, key__startswith="event:view-entry")
    body = message_of(mail, now=at(2)).body
    assert new.reference in body and new.surname not in body and "Waiting" not in body


def test_what_left_and_comes_back_enters_anew(view: SavedView, officer: User) -> None:
    referral = sent()
    hear(view, officer, "instant")
    one = {"referral_id": referral.pk, "by": officer}
    referral_actions.claim(**one, now=at(1))
    actions.tell_of_views(now=at(2))
    assert not ViewEntry.objects.exists()
    referral_actions.release(**one, now=at(3))
    assert actions.tell_of_views(now=at(4)) == 1
    assert len(messages(officer)) == 1


@pytest.mark.parametrize(
    ("how_often", "rounds", "digest_at"),
    [
        # NOON is a Monday: the day's digest goes out at 7am, the week's on Monday at 7am
        ("daily", (1, 5, 18), datetime(2026, 11, 17, 7, 5, tzinfo=UTC)),
        ("weekly", (1, 30, 100), datetime(2026, 11, 23, 7, 5, tzinfo=UTC)),
    ],
)
def test_a_digest_says_how_many_and_leads_to_the_view(
    view: SavedView, officer: User, how_often: str, rounds: tuple[int, ...], digest_at: datetime
) -> None:
    hear(view, officer, how_often)
    for hours in rounds:
        sent(now=at(hours))
        for _ in range(2):
            actions.tell_of_views(now=at(hours))
    assert messages(officer) == ["3 referrals newly in a view of the queue that you follow"]
    for _ in range(2):
        send_digests(now=digest_at)
    mail = Mail.objects.get(person=officer, key__startswith=how_often)
    assert "3 referrals newly in a view" in message_of(mail, now=digest_at).body
    sent(now=digest_at)
    actions.tell_of_views(now=digest_at + timedelta(minutes=5))
    assert messages(officer)[1:] == ["1 referral newly in a view of the queue that you follow"]
    assert signed_in(officer).get(Notification.objects.latest("pk").target).url == (
        f"/referrals/queue/?state=submitted&view={view.pk}"
    )


def test_a_number_that_grows_is_unread_again(view: SavedView, officer: User) -> None:
    hear(view, officer, "daily")
    for hours in (1, 2):
        sent(now=at(hours))
        actions.tell_of_views(now=at(hours))
        found = Notification.objects.get(person=officer, kind="view_counted")
        assert found.read_at is None
        Notification.objects.update(read_at=at(hours))


def test_a_view_of_too_many_has_no_alert(view: SavedView, officer: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(alerts, "MOST", 1)
    sent()
    sent()
    with pytest.raises(Refused, match="This view finds more than 1 referrals"):
        hear(view, officer, "instant")
    page = signed_in(officer).post(f"{VIEWS}{view.pk}/alert/", {"how_often": "daily"})
    assert page.status_code == 409 and "Filter more" in page.text


class TestThePage:
    def test_each_chooses_for_themself(self, view: SavedView, officer: User) -> None:
        manager = a_user(Role.MANAGER)
        desk: Client = signed_in(manager)
        page = desk.get(f"{VIEWS}{view.pk}/alert/").text
        assert 'value="none" checked' in page and "Waiting" in page
        assert (
            "Alerts for “Waiting” are set"
            in desk.post(f"{VIEWS}{view.pk}/alert/", {"how_often": "weekly"}, follow=True).text
        )
        assert "Once a week, how many" in desk.get(VIEWS).text
        assert "Once a week" not in signed_in(officer).get(VIEWS).text
        assert AuditEvent.objects.get(kind="view.alert_set").detail == {"how_often": "weekly"}
        desk.post(f"{VIEWS}{view.pk}/alert/", {"how_often": "none"})
        assert not ViewAlert.objects.exists()

    def test_it_ends_with_the_sharing_and_with_the_desk(self, view: SavedView, officer: User) -> None:
        manager = a_user(Role.MANAGER)
        for person in (officer, manager):
            hear(view, person, "instant")
        User.objects.filter(pk=manager.pk).update(role=Role.AUDITOR)
        sent(now=at(1))
        actions.tell_of_views(now=at(1))
        assert messages(manager) == [] and len(messages(officer)) == 1
        actions.change_view(view_id=view.pk, by=officer, now=at(2), name="Mine", shared=False)
        assert list(ViewAlert.objects.values_list("person", flat=True)) == [officer.pk]
        actions.delete_view(view_id=view.pk, by=officer, now=at(3))
        assert not ViewAlert.objects.exists() and len(messages(officer)) == 1

    def test_a_private_view_is_nobody_elses(self, view: SavedView, officer: User) -> None:
        actions.change_view(view_id=view.pk, by=officer, now=NOON, name="Mine", shared=False)
        other = as_role(Role.REFERRALS_OFFICER)
        for page in ("alert/", "queue/"):
            assert other.get(f"{VIEWS}{view.pk}/{page}").status_code == 404
