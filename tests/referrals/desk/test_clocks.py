"""The desk's clocks where officers read them: the queue, its filters, the referral and its timeline."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals import actions
from referrals.models import Referral
from tests.builders import a_user, in_triage, with_a_question
from tests.referrals.croydon import page_of, sent, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/referrals/queue/"
# A Friday at noon; a week and a weekend of it passed when the queue is read on the Monday.
ARRIVED, NOW = datetime(2026, 11, 13, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER)


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def answered(referral: Referral, now: datetime) -> Referral:
    actions.answer_information(referral_id=referral.pk, by=referral.created_by, now=now, answer="Two.")
    return Referral.objects.get(pk=referral.pk)


def row(client: Client, referral: Referral, address: str = QUEUE) -> str:
    """The referral's line in the queue, as it reads."""
    page = client.get(address).text
    return page.partition(f"Choose {referral.reference}</span>")[2].partition("</tr>")[0]


def test_a_waiting_referral_has_days_to_be_claimed(desk: Client) -> None:
    assert "<strong>Local target passed by 4 working days</strong>" in row(desk, sent(now=ARRIVED))
    assert "Local target: 1 working day left, until 24 November 2026" in row(
        desk, sent(now=NOW - timedelta(days=3))
    )
    assert "<strong>Local target: today</strong>" in row(desk, sent(now=NOW - timedelta(days=4)))


def test_one_in_triage_has_days_to_be_decided(desk: Client) -> None:
    assert "Local target: 4 working days left, until 27 November 2026" in row(desk, in_triage(now=ARRIVED))


def test_while_the_force_is_asked_it_stands_and_both_ages_show(desk: Client) -> None:
    asked = with_a_question(now=ARRIVED, due_on=date(2026, 11, 23))
    line = row(desk, asked)
    assert "Local target: 10 working days left; paused, the force is asked" in line
    assert "6 working days, 0 counted" in line
    assert "Missing: answer from the force, due 23 November" in line
    answered(asked, NOW - timedelta(days=4))  # on Thursday
    assert "Local target: 8 working days left, until 3 December 2026" in row(desk, asked)
    assert "6 working days, 2 counted" in row(desk, asked)


def test_the_settings_say_how_long(desk: Client, settings: Any) -> None:
    settings.NEXUS_CLAIM_WITHIN_DAYS, settings.NEXUS_DECIDE_WITHIN_DAYS = 7, 3
    assert "Local target: 1 working day left" in row(desk, sent(now=ARRIVED))
    assert "passed by 3 working days" in row(desk, in_triage(now=ARRIVED))


def test_a_custody_clock_never_waits(desk: Client) -> None:
    began = NOW - timedelta(hours=30)
    asked = with_a_question(
        now=NOW - timedelta(hours=29), channel="live_time", in_custody=True, custody_reference="PS/1",
        custody_clock_started_at=began,
    )  # fmt: skip
    assert "Detention limit passed 6 hours ago" in row(desk, asked)


def test_filters_by_clock(desk: Client) -> None:
    passed, soon = sent(now=ARRIVED), sent(now=NOW - timedelta(days=3))
    held = sent(in_custody=True, custody_reference="1", custody_clock_started_at=NOW, now=NOW)
    for clock, found in (("passed", passed), ("soon", soon), ("custody", held)):
        page = desk.get(f"{QUEUE}?clock={clock}").text
        assert "Triage queue (1)" in page and found.reference in page


def test_by_clock_what_passed_longest_ago_comes_first(desk: Client) -> None:
    late, paused, young = sent(now=ARRIVED), with_a_question(now=ARRIVED), sent(now=NOW)
    page = desk.get(f"{QUEUE}?sort=clock").text
    places = [page.index(each.reference) for each in (late, young, paused)]
    assert places == sorted(places)


def test_the_referral_says_it_too(desk: Client, officer: User) -> None:
    asked = answered(with_a_question(now=ARRIVED, officer=officer), NOW - timedelta(days=4))
    page = desk.get(page_of("detail", asked)).text
    assert "<dt>Local target</dt><dd><bdi>8 working days left</bdi></dd>" in page
    assert "<dt>Age</dt><dd><bdi>6 working days, 2 counted</bdi></dd>" in page


def test_a_running_custody_clock_stands_in_place_of_the_local_target(desk: Client) -> None:
    custody = {"channel": "live_time", "in_custody": True, "custody_reference": "Perry Barr 114"}
    held = sent(now=NOW, **custody, custody_clock_started_at=NOW - timedelta(hours=22))
    page = desk.get(page_of("detail", held)).text
    assert "<dt>Custody clock</dt><dd><bdi>2 hours left (23 November 2026" in page
    assert "<dt>Local target</dt>" not in page


def test_the_pauses_stand_in_the_timeline(desk: Client, officer: User) -> None:
    asked = with_a_question(now=ARRIVED, officer=officer)
    page = desk.get(page_of("timeline", asked)).text
    assert ">Local target paused</strong>" in page
    answered(asked, NOW - timedelta(days=4))
    page = desk.get(page_of("timeline", asked)).text
    assert ">Local target paused for 4 working days</strong>" in page


def test_once_reopened_it_begins_anew(desk: Client, officer: User) -> None:
    referral = in_triage(now=ARRIVED, officer=officer)
    words = {"referral_id": referral.pk, "by": officer}
    actions.not_accept(
        **words,
        now=ARRIVED + timedelta(hours=1),
        reasons="Too little in the summary.",
        balance="Weighed against status and residence.",
    )
    assert "Local target" not in row(desk, referral, f"{QUEUE}?state=not_accepted")
    actions.reopen(**words, now=NOW - timedelta(days=3), reason="A call from the force.")
    line = row(desk, referral)
    assert "Local target: 9 working days left, until 4 December 2026" in line
    assert "6 working days, 1 counted" in line


def test_what_is_missing_is_said(desk: Client) -> None:
    vague = sent(immigration_status="unknown", may_be_irish="not_known", material_level="none")
    assert "Missing: immigration status; scope check; disclosable material" in row(desk, vague)
    assert "Missing" not in row(desk, sent())


def test_an_overdue_answer_is_said(desk: Client) -> None:
    asked = with_a_question(now=ARRIVED, due_on=date(2026, 11, 18))
    assert "answer from the force, was due 18 November" in row(desk, asked)
