"""While a custody clock runs, what is asked is due in hours; and a clock older than the law allows is questioned."""

from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.requests_to_force import requests_to
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Question, Referral
from referrals.rules import custody
from referrals.rules.custody import answer_by, detention_question
from tests.builders import NOON, a_user, in_triage
from tests.referrals.croydon import signed_in
from tests.referrals.duty_desk.desk import a_shift

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ASKED_AT = NOON + HOUR


def held(hours_ago: float, **answers: str) -> Referral:
    return in_triage(
        in_custody=True,
        channel="live_time",
        custody_reference="PS/26/1",
        custody_clock_started_at=NOON - hours_ago * HOUR,
        officer_contact="0121 496 0001",
        **answers,
    )


def asked(referral: Referral, now: datetime = ASKED_AT) -> Question:
    question = NewQuestion("Where does he live?", now.date() + timedelta(days=5))
    actions.request_information(
        referral_id=referral.pk, by=referral.claimed_by, now=now, questions=[question]
    )
    return Question.objects.select_related("request__referral").get()


def test_a_question_asked_while_a_custody_clock_runs_is_due_in_hours_before_it_ends() -> None:
    referral = held(10)  # the clock ends at 2am
    question = asked(referral)
    assert referral.custody_ends_at and question.due_at == referral.custody_ends_at - 2 * HOUR
    assert question.due_on == question.due_at.date(), "not the day that was entered"
    (request,) = requests_to(referral.raised_by)
    assert request.ends_at == question.due_at


def test_however_little_time_is_left_the_answer_is_due_before_the_clock_ends() -> None:
    ends_at = NOON + HOUR
    assert NOON < answer_by(ends_at, NOON) < ends_at
    assert asked(held(25)).due_at is None, "a clock that has passed sets no hour"


def test_both_pages_say_when_and_whom_to_ring() -> None:
    desk = a_user(Role.REFERRALS_OFFICER, telephone="0151 496 0002")
    a_shift(NOON - 2 * HOUR, NOON + 4 * HOUR, duty="desk", person=desk)
    referral = held(10)
    with time_machine.travel(ASKED_AT):
        asker = signed_in(referral.claimed_by)
        form = unescape(
            asker.get(reverse("referrals:request_information", args=[referral.reference])).content.decode()
        )
        assert "A custody clock runs and ends" in form and "0121 496 0001" in form
        question = asked(referral)
        force = signed_in(referral.raised_by)
        for page in (
            reverse("referrals:answer", args=[referral.reference, question.pk]),
            reverse("referrals:detail", args=[referral.reference]),
        ):
            text = unescape(force.get(page).content.decode())
            assert "before the custody clock ends" in text and "0151 496 0002" in text
        assert "Custody clock" in force.get(reverse("referrals:asked")).content.decode()


@pytest.mark.parametrize(
    ("under", "hours", "allowed"),
    [
        ("", 24, 24),
        ("police", 25, 24),
        ("superintendent", 37, 36),
        ("warrant", 97, 96),
        ("immigration", 900, 0),
    ],
)
def test_a_clock_older_than_the_law_allows_is_questioned(under: str, hours: int, allowed: int) -> None:
    said = detention_question(NOON - hours * HOUR, under, NOON)
    assert (f"more than {allowed} hours ago, longer than the law allows" in said) == (hours > allowed > 0)


def test_it_is_questioned_at_entry_and_wherever_it_is_shown() -> None:
    referral = held(30)
    with time_machine.travel(ASKED_AT):
        text = unescape(
            signed_in(referral.claimed_by)
            .get(reverse("referrals:detail", args=[referral.reference]))
            .content.decode()
        )
        assert "longer than the law allows (Police and Criminal Evidence Act 1984" in text
        officer = a_user(Role.POLICE_OFFICER)
        draft = actions.start(by=officer, now=NOON, idempotency_key=uuid4(), in_custody=True)
        client, page = signed_in(officer), reverse("referrals:section", args=[draft.reference, "custody"])
        typed = {
            "custody_reference": "CU/1",
            "custody_clock_started_at-day": "14",
            "custody_clock_started_at-month": "11",
            "custody_clock_started_at-year": "2026",
            "custody_clock_time": "10am",
        }
        answer = client.post(page, typed)
        assert answer.status_code == 200 and "longer than the law allows" in answer.content.decode()
        assert Referral.objects.get(pk=draft.pk).custody_clock_started_at is None
        assert client.post(page, {**typed, "held_under": "warrant"}).status_code == 302
        assert Referral.objects.get(pk=draft.pk).custody_ends_at == datetime.fromisoformat(
            "2026-11-18T10:00Z"
        )


def test_an_old_clock_is_questioned_in_the_queue_and_at_its_endpoint() -> None:
    old, young = held(30), held(3)
    client = signed_in(old.claimed_by)
    with time_machine.travel(ASKED_AT):
        text = unescape(client.get(reverse("desk:queue")).content.decode())
        answered = {row["reference"]: row for row in client.get(reverse("api:queue")).json()["results"]}
    assert text.count("Is this clock right?") == 1
    assert "longer than the law allows" in answered[old.reference]["old_clock"]
    assert answered[young.reference]["old_clock"] == ""


def test_immigration_detention_has_no_clock_of_hours() -> None:
    assert held(30, held_under="immigration").custody_ends_at is None


def test_sabotage_of_the_question_lets_an_old_clock_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert held(30).detention_question(NOON)
    monkeypatch.setitem(custody.LAWS, custody.HeldUnder.POLICE, None)
    assert held(30).detention_question(NOON) == ""
