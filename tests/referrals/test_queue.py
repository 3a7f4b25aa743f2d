"""The triage queue: what it shows to whom, in which order, and what it finds."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.ui import paging
from nexus.working_days import first_day_within, working_days_between
from referrals import actions, queue
from referrals.desk.actions import save_view
from referrals.models import Referral
from referrals.rules.terms import Route
from tests.builders import (
    a_complete_draft,
    a_force,
    a_user,
    an_acceptance,
    in_triage,
    with_a_question,
)
from tests.referrals.croydon import SEES_NO_REFERRAL, as_role, fresh, page_of, sent, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/referrals/queue/"


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def shown(page: str) -> list[str]:
    """The references on the page, top to bottom."""
    return re.findall(r"<br>(NHH-\d{4}-\d{6}), ", page)


def listed(client: Client, address: str = QUEUE) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return shown(response.text)


def found_by(client: Client, words: str, address: str = QUEUE) -> list[str]:
    response = client.post(address, {"words": words}, follow=True)
    assert response.status_code == 200
    assert words.casefold() not in response.request["QUERY_STRING"].casefold()
    return shown(response.text)


def in_custody(hours_ago: float, **answers: Any) -> Referral:
    return sent(
        channel="live_time",
        in_custody=True,
        custody_reference="PS/26/1",
        custody_clock_started_at=timezone.now() - timedelta(hours=hours_ago),
        **answers,
    )


def withdrawn() -> Referral:
    referral = sent()
    return actions.withdraw(
        referral_id=referral.pk, by=referral.created_by, now=timezone.now(), reason="Sent in error."
    )


def test_everything_undecided_is_listed_and_nothing_else(desk: Client) -> None:
    undecided = [sent(), in_triage(), with_a_question()]
    an_acceptance()
    withdrawn()
    a_complete_draft()
    page = desk.get(QUEUE).text
    assert set(shown(page)) == {referral.reference for referral in undecided}
    assert ">Triage queue (3)</h1>" in page
    assert "<title>Triage queue (3) –" in page
    assert "Showing 1 to 3 of 3" in page


def test_live_time_comes_first_the_nearest_deadline_on_top(desk: Client) -> None:
    old = sent(now=timezone.now() - timedelta(days=20))
    passed, later, soon = in_custody(26), in_custody(1), in_custody(23)
    young = sent(now=timezone.now() - timedelta(days=1))
    assert listed(desk) == [each.reference for each in (passed, soon, later, old, young)]


def test_the_custody_clock_is_said_in_words(desk: Client) -> None:
    in_custody(26.01)
    page = desk.get(QUEUE).text
    assert "Detention limit passed 2 hours ago</strong>" in page
    in_custody(20.99)
    assert "3 hours left</strong>, until" in desk.get(QUEUE).text


def test_a_clock_never_runs_for_a_decided_referral() -> None:
    referral = in_triage(in_custody=True, custody_reference="1", custody_clock_started_at=timezone.now())
    assert queue.custody_clock(referral, timezone.now()) is not None
    actions.redirect(
        referral_id=referral.pk, by=referral.claimed_by, now=timezone.now(), destination="criminal_casework", reasons="It is theirs to deal with at Leeds."
    )  # fmt: skip
    assert queue.custody_clock(fresh(referral), timezone.now()) is None


def test_age_is_in_working_days_and_stops_at_the_decision(officer: User) -> None:
    friday = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
    an_acceptance(now=friday)
    row = queue.queue(Referral.objects.all()).get()
    month_later = friday + timedelta(days=30)
    assert queue.line(row, by=officer, now=month_later).age == 0
    waiting = queue.queue(Referral.objects.filter(pk=sent(now=friday).pk)).get()
    assert queue.line(waiting, by=officer, now=friday + timedelta(days=3)).age == 1


def test_who_holds_it_and_a_claim_button_where_nobody_does(desk: Client, officer: User) -> None:
    waiting = sent()
    in_triage(officer=officer)
    in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo"))
    page = desk.get(QUEUE).text
    assert ">You</td>" in " ".join(page.split()).replace("You </td>", "You</td>")
    assert "<bdi>Piers Okonjo</bdi>" in page
    assert re.findall(r'action="([^"]*/claim/)"', page) == [page_of("claim", waiting)]
    assert "/claim/" not in as_role(Role.MANAGER).get(QUEUE).text


class TestFilters:
    def test_state(self, desk: Client) -> None:
        submitted, decided, gone = sent(), an_acceptance().referral, withdrawn()
        assert listed(desk, f"{QUEUE}?state=accepted") == [decided.reference]
        assert set(listed(desk, f"{QUEUE}?state=withdrawn&state=submitted")) == {
            submitted.reference,
            gone.reference,
        }

    def test_force(self, desk: Client) -> None:
        sent()
        merseyside = sent(by=a_user(Role.POLICE_OFFICER, force=a_force("05")))
        assert listed(desk, f"{QUEUE}?force=05") == [merseyside.reference]

    def test_channel(self, desk: Client) -> None:
        standard, live = sent(), in_custody(2)
        assert listed(desk, f"{QUEUE}?channel=live_time") == [live.reference]
        assert listed(desk, f"{QUEUE}?channel=standard") == [standard.reference]

    def test_who_holds_it(self, desk: Client, officer: User) -> None:
        nobodys, mine, theirs = sent(), in_triage(officer=officer), in_triage()
        assert listed(desk, f"{QUEUE}?held_by=nobody") == [nobodys.reference]
        assert listed(desk, f"{QUEUE}?held_by=me") == [mine.reference]
        assert listed(desk, f"{QUEUE}?held_by={theirs.claimed_by_id}") == [theirs.reference]

    @pytest.mark.parametrize(
        ("age", "band"),
        [(0, "0-2"), (2, "0-2"), (3, "3-5"), (5, "3-5"), (6, "6-10"), (10, "6-10"), (11, "11-")],
    )
    def test_age(self, desk: Client, age: int, band: str) -> None:
        referral = sent(now=datetime.combine(first_day_within(age, timezone.now()), datetime.min.time(), UTC)
                               + timedelta(hours=12))  # fmt: skip
        assert working_days_between(referral.submitted_at, timezone.now()) == age
        for each in queue.Age:
            wanted = [referral.reference] if each.value == band else []
            assert listed(desk, f"{QUEUE}?age={each.value}") == wanted, each

    def test_route_as_indicated_or_as_decided(self, desk: Client) -> None:
        removal = sent()
        led = sent(immigration_status="limited_leave")
        vague = sent(immigration_status="unknown")
        decided = an_acceptance(immigration_status="limited_leave").referral
        routes = {route: set(listed(desk, f"{QUEUE}?route={route.value}")) for route in Route}
        assert routes == {
            Route.ADMINISTRATIVE_REMOVAL: {removal.reference},
            Route.INTELLIGENCE_LED: {led.reference},
            Route.CONVICTION_LED: set(),
        }
        assert vague.reference in listed(desk)
        address = f"{QUEUE}?route=administrative_removal&state=accepted"
        assert listed(desk, address) == [decided.reference]

    def test_an_unknown_value_filters_nothing(self, desk: Client) -> None:
        referral = sent()
        for nonsense in (
            "state=lost",
            "force=ZZ",
            "age=old",
            "held_by=x",
            "route=by+sea",
            "sort=colour",
            "after=x",
        ):
            assert listed(desk, f"{QUEUE}?{nonsense}") == [referral.reference], nonsense

    def test_each_is_a_tag_that_can_be_removed(self, desk: Client) -> None:
        sent()
        page = desk.get(f"{QUEUE}?state=submitted&force=20&sort=name").text
        assert 'href="?force=20&amp;sort=name"' in page
        assert 'href="?state=submitted&amp;sort=name"' in page
        assert 'href="?sort=name">Clear filters' in page

    def test_nothing_matches(self, desk: Client) -> None:
        sent()
        assert "No referrals match" in desk.get(f"{QUEUE}?force=01").text

    def test_nothing_waits(self, desk: Client) -> None:
        assert "Nothing is waiting" in desk.get(QUEUE).text


class TestSorting:
    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("name", "abc"),
            ("-name", "cba"),
            ("age", "bca"),
            ("-age", "acb"),
            ("force", "bca"),
            ("-force", "acb"),
        ],
    )
    def test_by_links(self, desk: Client, sort: str, order: str) -> None:
        now = timezone.now()
        forces = {"a": "20", "b": "05", "c": "01"}  # West Midlands, Merseyside, Metropolitan
        days = {"a": 9, "c": 6, "b": 1}
        made = {
            name: sent(
                surname=name, by=a_user(Role.POLICE_OFFICER, force=a_force(forces[name])), now=now - timedelta(days=days[name])
            ).reference
            for name in "abc"
        }  # fmt: skip
        assert listed(desk, f"{QUEUE}?sort={sort}") == [made[name] for name in order]

    def test_the_column_says_so(self, desk: Client) -> None:
        sent()
        page = desk.get(f"{QUEUE}?sort=-age").text
        assert page.count('aria-sort="descending"') == 1
        assert page.count('aria-sort="none"') == 3
        assert 'href="?sort=age"' in page


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        [
            "Nuñez-O’Farrell",
            "nunez o'farrell",
            "maria NUÑEZ",
            "José María",
            "farrell jose",
            "nunez, jose",
            "Pepe",
            "el pepino",
            "jose pepe",
        ],
    )
    def test_by_name(self, desk: Client, words: str) -> None:
        by = a_user(Role.POLICE_OFFICER)
        referral = a_complete_draft(surname="Núñez-O'Farrell", forenames="José María", by=by)
        actions.add_row(
            referral_id=referral.pk, by=by, now=timezone.now(), kind="alias", values={"name": "El Pepiño"}
        )
        actions.add_row(
            referral_id=referral.pk, by=by, now=timezone.now(), kind="alias", values={"name": "Pepe"}
        )
        actions.submit(referral_id=referral.pk, by=by, now=timezone.now())
        sent(surname="Nunn", forenames="Josephine")
        assert found_by(desk, words) == [referral.reference]

    @pytest.mark.parametrize("name", ["Ñuñez", "李", "Đorđević", "אברהם", "محمد", "Öztürk"])
    def test_in_many_traditions(self, desk: Client, name: str) -> None:
        referral = sent(surname=name)
        sent()
        assert found_by(desk, name) == [referral.reference]

    @pytest.mark.parametrize(
        "words",
        ["99/123456X", "1999/0123456X", " 99 / 123456x", "sf99/12345m", "SF99/12345M", "HO/1122", "ho/11 22", "A1234BC", "P778899"],
    )  # fmt: skip
    def test_by_identifier_in_any_spelling(self, desk: Client, words: str) -> None:
        referral = sent(cro_number="SF99/12345M", home_office_reference="HO/1122", prison_number="a1234bc", passport_number="P778899")  # fmt: skip
        sent(pnc_id="2020/0000009N")
        assert found_by(desk, words) == [referral.reference]

    def test_by_reference_or_a_part_of_it(self, desk: Client) -> None:
        referral, other = sent(), sent()
        assert found_by(desk, referral.reference.lower()) == [referral.reference]
        assert found_by(desk, other.reference[-6:]) == [other.reference]

    @pytest.mark.parametrize("words", ["%", "_", "\\", "'", "-", "a%", "' OR 1=1 --", "(", "99/123456A"])
    def test_what_means_nothing_finds_nothing(self, desk: Client, words: str) -> None:
        sent()
        assert found_by(desk, words) == []

    def test_among_the_filtered(self, desk: Client) -> None:
        sent()
        decided = an_acceptance().referral
        assert found_by(desk, "zelmanov", f"{QUEUE}?state=accepted") == [decided.reference]

    def test_an_empty_search_says_what_to_enter(self, desk: Client) -> None:
        referral = sent()
        response = desk.post(QUEUE, {"words": "  "})
        assert "Enter a name, a reference or an identifier" in response.text
        assert shown(response.text) == [referral.reference]

    def test_it_belongs_to_the_session(self, desk: Client) -> None:
        referral = sent()
        address = desk.post(QUEUE, {"words": "nobody of this name"}).url
        assert listed(desk, address) == []
        page = as_role(Role.REFERRALS_OFFICER).get(address).text
        assert "Your search has expired" in page
        assert shown(page) == [referral.reference]


def many(count: int) -> None:
    force, by = a_force(), a_user(Role.POLICE_OFFICER)
    for number in range(count):
        sent(by=by, now=timezone.now() - timedelta(hours=number), surname=f"Name{number:02}")
    assert Referral.objects.filter(force=force).count() == count


def test_pages_by_key_show_everybody_once(desk: Client) -> None:
    many(28)
    first = desk.get(f"{QUEUE}?sort=name")
    assert "Showing 1 to 25 of 28" in first.text
    (after,) = re.findall(r'href="(\?[^"]*after=\d+)"', first.text)
    second = desk.get(QUEUE + after.replace("&amp;", "&"))
    assert "Showing 26 to 28 of 28" in second.text
    assert len({*shown(first.text), *shown(second.text)}) == 28


def test_as_many_queries_for_thirty_as_for_three(desk: Client) -> None:
    def queries(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        return len(asked)

    many(3)
    addresses = (QUEUE, f"{QUEUE}?route=administrative_removal&age=0-2&held_by=nobody&force=20&sort=name")
    few = [queries(address) for address in addresses]
    many_more = a_user(Role.POLICE_OFFICER)
    for _ in range(22):
        sent(by=many_more)
    for _ in range(3):
        in_triage()
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 36  # with what waits for an officer in other parts


@pytest.mark.parametrize(
    "address",
    [
        "",
        "?route=administrative_removal",
        "?clock=passed",
        "?same_person=to_judge",
        "?sort=-name",
        "?state=submitted",
    ],
)
def test_no_list_of_the_queue_reads_more_rows_than_it_shows(
    desk: Client, officer: User, address: str
) -> None:
    many(28)
    for query in ("route=administrative_removal", "sort=name"):
        save_view(by=officer, now=timezone.now(), name=query, query=query)
    read: list[int] = []

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if "referrals_" in sql and sql.startswith("SELECT"):
            read.append(context["cursor"].cursor.rowcount)
        return done

    with connection.execute_wrapper(counting):
        assert desk.get(QUEUE + address).status_code == 200
    assert max(read) <= 26  # a page, and the row that says that more follow


def test_a_view_is_counted_to_a_thousand(
    desk: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(4)
    save_view(by=officer, now=timezone.now(), name="Removals", query="route=administrative_removal")
    assert "<bdi>Removals</bdi> (4)" in desk.get(QUEUE).text
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    page = desk.get(QUEUE).text
    assert "<bdi>Removals</bdi> (3+)" in page
    assert ">Triage queue (3+)</h1>" in page and "Showing 1 to 4 of 3+" in page


def test_the_ids_shown_are_recorded(desk: Client, officer: User) -> None:
    referrals = [sent(), in_triage()]
    desk.get(QUEUE)
    entry = AuditEvent.objects.get(kind="referral.listed")
    assert (entry.by_id, set(entry.subjects)) == (officer.pk, {referral.pk for referral in referrals})
    assert entry.request_id


@pytest.mark.parametrize("role", Role)
def test_who_may(role: Role) -> None:
    sent()
    may = role in (Role.REFERRALS_OFFICER, Role.MANAGER)
    assert as_role(role).get(QUEUE).status_code == (200 if may else 403)


@pytest.mark.parametrize("role", [*SEES_NO_REFERRAL, Role.CASE_OWNER])
def test_whose_searches_find_nothing(role: Role) -> None:
    assert as_role(role).post(QUEUE, {"words": "Zelmanov"}).status_code == 403


@pytest.mark.parametrize("days", range(12))
@pytest.mark.parametrize("end", [date(2026, 11, 22), date(2026, 12, 29), date(2026, 4, 7)])
def test_the_first_day_within_is_the_first(days: int, end: date) -> None:
    day = first_day_within(days, end)
    assert working_days_between(day, end) <= days
    assert working_days_between(day - timedelta(days=1), end) > days
