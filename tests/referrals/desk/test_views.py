"""Saved views of the queue: what is kept, who sees it, what it counts, and what it opens."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.desk import actions, lists
from referrals.desk.models import DefaultView, SavedView
from tests.builders import a_force, a_user, an_acceptance, in_triage
from tests.referrals.croydon import as_role, sent, signed_in

pytestmark = pytest.mark.django_db
QUEUE, VIEWS = "/referrals/queue/", "/referrals/queue/views/"
FILTERED = "state=submitted&force=20&sort=name"


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def a_view(by: User, name: str = "Waiting", query: str = "state=submitted", **more: Any) -> SavedView:
    return actions.save_view(by=by, now=timezone.now(), name=name, query=query, **more)


def test_the_filters_and_the_sorting_are_kept_and_nothing_else(desk: Client, officer: User) -> None:
    sent()
    find = desk.post(QUEUE, {"words": "zelmanov"}).url.partition("find=")[2]
    address = f"{VIEWS}save/?{FILTERED}&find={find}&after=7&channel=&route=by+sea&view=all"
    assert "Force: West Midlands Police" in desk.get(address).text
    page = desk.post(address, {"name": " Waiting here "}, follow=True)
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query, view.shared) == (officer, "Waiting here", FILTERED, False)
    assert page.redirect_chain == [(f"{QUEUE}?{FILTERED}&view={view.pk}", 302)]
    assert f'view={view.pk}" aria-current="page"><bdi>Waiting here</bdi> (1)</a>' in page.text
    assert AuditEvent.objects.filter(kind="view.saved", subject_id=view.pk, by_id=officer.pk).count() == 1


def test_an_alert_is_set_with_the_view(desk: Client, officer: User) -> None:
    address = f"{VIEWS}save/?{FILTERED}"
    assert " checked" not in desk.get(address).text
    desk.post(address, {"name": "Quiet", "how_often": "none"})
    assert lists.alerts_of(officer) == {}
    desk.post(address, {"name": "Loud", "how_often": "daily"})
    assert [alert.how_often for alert in lists.alerts_of(officer).values()] == ["daily"]


def test_each_is_counted_whoever_filters_how(desk: Client, officer: User) -> None:
    sent()
    mine, elsewhere = in_triage(officer=officer), sent(by=a_user(Role.POLICE_OFFICER, force=a_force("05")))
    an_acceptance()
    wanted = {
        "": 3, "state=accepted": 1, "held_by=me": 1, "held_by=nobody": 2, "force=05": 1, "age=0-2": 0,
        "clock=passed": 2, "route=administrative_removal": 3, "route=administrative_removal&state=accepted": 1,
        "channel=live_time": 0,
    }  # fmt: skip
    now = mine.submitted_at + timezone.timedelta(days=7)
    views = [a_view(officer, name=f"View {number}", query=query) for number, query in enumerate(wanted)]
    found, _ = lists.counted(views, by=officer, now=now)
    assert {each.view.query: each.count for each in found} == wanted
    assert elsewhere.force.code == "05"


def test_counting_costs_the_same_for_one_view_and_for_twenty(desk: Client, officer: User) -> None:
    def queries() -> int:
        desk.get(f"{QUEUE}?view=all")
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"{QUEUE}?view=all")
        return len(asked)

    sent()
    a_view(officer)
    one = queries()
    for number in range(19):
        a_view(officer, name=f"View {number}", query=f"held_by=me&age=0-2&clock=soon&force={number:02}")
    assert queries() == one


def test_what_is_repeated_or_not_understood_is_not_kept(desk: Client) -> None:
    nonsense = "&".join(
        ["state=submitted"] * 200 + ["state=in_triage", "force=05", "force=20", "sort=%00", "x=1"]
    )
    desk.post(f"{VIEWS}save/?{nonsense}", {"name": "Waiting"})
    assert SavedView.objects.get().query == "state=in_triage&state=submitted&force=20"


class TestDefault:
    def test_the_queue_opens_with_it(self, desk: Client, officer: User) -> None:
        view = a_view(officer, default=True)
        assert desk.get(QUEUE).url == f"{QUEUE}?state=submitted&view={view.pk}"
        cleared = desk.get(f"{QUEUE}?state=submitted&view={view.pk}").text
        assert f'href="?view={view.pk}">Clear filters' in cleared
        assert desk.get(f"{QUEUE}?view={view.pk}").status_code == 200

    def test_and_no_longer(self, desk: Client, officer: User) -> None:
        view = a_view(officer)
        desk.post(f"{VIEWS}{view.pk}/default/")
        assert DefaultView.objects.get(user=officer).view == view
        page = desk.post(f"{VIEWS}{view.pk}/default/", {"off": "1"}, follow=True)
        assert "The queue now opens with everything undecided" in page.text
        assert desk.get(QUEUE).status_code == 200

    def test_each_person_has_one(self, officer: User) -> None:
        for name in ("First", "Second"):
            view = a_view(officer, name=name, default=True)
        assert DefaultView.objects.get(user=officer).view == view


class TestSharing:
    def test_private_is_seen_by_its_owner_only(self, officer: User) -> None:
        view, other = a_view(officer, name="Only mine"), as_role(Role.REFERRALS_OFFICER)
        assert "Only mine" not in other.get(QUEUE).text
        for page in ("", "delete/"):
            assert other.get(f"{VIEWS}{view.pk}/{page}").status_code == 404
        assert other.post(f"{VIEWS}{view.pk}/default/").status_code == 404

    def test_shared_is_seen_by_all_and_changed_by_its_owner(self, officer: User) -> None:
        view, other = a_view(officer, shared=True), as_role(Role.MANAGER)
        assert "<bdi>Waiting</bdi> (0)" in other.get(QUEUE).text
        for page in ("", "delete/"):
            assert other.get(f"{VIEWS}{view.pk}/{page}").status_code == 403
            assert other.post(f"{VIEWS}{view.pk}/{page}", {"name": "Taken"}).status_code == 403
        assert other.post(f"{VIEWS}{view.pk}/default/").status_code == 302

    def test_it_ends_for_those_who_opened_with_it(self, desk: Client, officer: User) -> None:
        view, other = a_view(officer, shared=True, default=True), a_user(Role.MANAGER)
        actions.make_default(view_id=view.pk, by=other, now=timezone.now())
        desk.post(f"{VIEWS}{view.pk}/", {"name": "Mine now"})
        view.refresh_from_db()
        assert (view.name, view.shared) == ("Mine now", False)
        assert list(DefaultView.objects.values_list("user", flat=True)) == [officer.pk]

    def test_who_may_not_triage_has_none(self, officer: User) -> None:
        a_view(officer, shared=True)
        for role in set(Role) - {Role.REFERRALS_OFFICER, Role.MANAGER}:
            assert as_role(role).get(VIEWS).status_code == 403


def test_deleting_asks_first(desk: Client, officer: User) -> None:
    view = a_view(officer, default=True)
    assert "Only you can see it" in desk.get(f"{VIEWS}{view.pk}/delete/").text
    assert "is deleted" in desk.post(f"{VIEWS}{view.pk}/delete/", follow=True).text
    assert not SavedView.objects.exists() and not DefaultView.objects.exists()


def test_a_name_is_needed_and_only_once(desk: Client, officer: User) -> None:
    a_view(officer)
    response = desk.post(f"{VIEWS}save/?state=submitted", {"name": "WAITING"})
    assert response.status_code == 409
    assert "You already have a view with this name" in response.text and 'value="WAITING"' in response.text
    assert "Enter a name for the view" in desk.post(f"{VIEWS}save/", {"name": " "}).text
    a_view(a_user(Role.REFERRALS_OFFICER))  # somebody else's may have it


def test_there_are_no_more_than_twenty(officer: User) -> None:
    for number in range(20):
        a_view(officer, name=f"View {number}")
    with pytest.raises(Refused, match="You have 20 views. Delete one first."):
        a_view(officer, name="One more")
