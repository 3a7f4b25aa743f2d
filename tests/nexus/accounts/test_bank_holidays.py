"""One-off bank holidays: added, withdrawn, and what counts working days follows."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nexus import working_days
from nexus.accounts import actions
from nexus.accounts.models import BankHoliday, User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from nexus.waiting import waiting_for
from referrals.actions import reckon_again
from referrals.queue import target_of
from tests.builders import NOON, a_submitted, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("added_bank_holidays")]

FRIDAY = date(2026, 11, 20)  # four working days after the builders' Monday
WHY = "State funeral"


@pytest.fixture(autouse=True)
def _the_builders_day() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=True):
        yield


@pytest.fixture
def administrator() -> User:
    return a_user(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def page(name: str, **kwargs: Any) -> str:
    return reverse(f"administration:bank_holiday{name}", kwargs=kwargs)


def typed(day: date, reason: str = WHY) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {"reason": reason, **{f"day-{part}": str(number) for part, number in parts.items()}}


def added(administrator: User, day: date = FRIDAY, reason: str = WHY) -> BankHoliday:
    holiday = actions.add_bank_holiday(by=administrator, now=NOON, day=day, reason=reason)
    working_days.ADDED.read_again()  # as the commit does
    return holiday


def test_one_is_added_with_its_reason(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert working_days.is_working_day(FRIDAY)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page("_add"), typed(FRIDAY), follow=True).text
    assert "20 November 2026 is a bank holiday: State funeral" in answer
    assert "Friday 20 November 2026" in answer and f"Added by {administrator}" in answer
    assert not working_days.is_working_day(FRIDAY)
    assert FRIDAY in working_days.bank_holidays()
    event = AuditEvent.objects.get(kind="bank_holiday.added")
    assert (event.by_id, event.reason, event.detail) == (administrator.pk, WHY, {"day": "2026-11-20"})


def test_one_added_by_mistake_is_withdrawn(
    client: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    holiday = added(administrator)
    assert not working_days.is_working_day(FRIDAY)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(
            page("_withdraw", holiday_id=holiday.pk), {"reason": "It is on the 27th of May"}, follow=True
        )
    assert "20 November 2026 is a working day again" in done.text
    assert working_days.is_working_day(FRIDAY)
    event = AuditEvent.objects.get(kind="bank_holiday.withdrawn")
    assert (event.by_id, event.reason, event.subject_id) == (
        administrator.pk,
        "It is on the 27th of May",
        str(holiday.pk),
    )
    again = client.post(page("_withdraw", holiday_id=holiday.pk), {"reason": "Pressed again, by mistake"})
    assert again.status_code == 409 and "already been withdrawn" in again.text
    assert added(administrator).day == FRIDAY  # the day is free for the right one


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 13), "13 November 2026 has passed. You can add a bank holiday only before its date."),
        (date(2026, 11, 22), "22 November 2026 is at a weekend, so it is not a working day anyway."),
        (date(2026, 12, 25), "25 December 2026 is already a bank holiday: Christmas Day."),
        (FRIDAY, "20 November 2026 is already a bank holiday: State funeral."),
    ],
)
def test_why_a_day_is_not_added(client: Client, administrator: User, day: date, words: str) -> None:
    added(administrator)
    answer = client.post(page("_add"), typed(day, "Something else")).text
    at_the_field = re.search(r'<p id="id_day-error".*?</p>', answer, re.DOTALL)
    assert at_the_field and words in at_the_field[0]
    with pytest.raises(Refused, match=words):
        actions.add_bank_holiday(by=administrator, now=NOON, day=day, reason="Something else")
    assert BankHoliday.objects.count() == 1


def test_a_reason_is_needed_to_add_and_to_withdraw(client: Client, administrator: User) -> None:
    holiday = added(administrator)
    assert "Enter what the bank holiday is for" in client.post(page("_add"), typed(FRIDAY, "")).text
    withdraw = page("_withdraw", holiday_id=holiday.pk)
    assert "Enter why the bank holiday is withdrawn" in client.post(withdraw, {"reason": ""}).text
    with pytest.raises(Refused, match="Enter what"):
        actions.add_bank_holiday(by=administrator, now=NOON, day=date(2026, 11, 27), reason=" ")
    with pytest.raises(Refused, match="Enter why"):
        actions.withdraw_bank_holiday(holiday_id=holiday.pk, by=administrator, now=NOON, reason="")
    assert BankHoliday.objects.get().withdrawn_at is None


def test_one_that_has_passed_stays(client: Client, administrator: User) -> None:
    holiday = added(administrator)
    with time_machine.travel(NOON + timedelta(days=7), tick=True):
        client.force_login(administrator)
        answer = client.get(page("_withdraw", holiday_id=holiday.pk))
    assert answer.status_code == 409
    assert "20 November 2026 has passed, and working days have been counted with it." in answer.text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_adds_or_withdraws_one(administrator: User, role: Role) -> None:
    holiday, person, theirs = added(administrator), a_user(role), Client()
    theirs.force_login(person)
    assert theirs.get(page("s")).status_code == 403
    assert theirs.post(page("_add"), typed(date(2026, 11, 27))).status_code == 403
    assert (
        theirs.post(
            page("_withdraw", holiday_id=holiday.pk), {"reason": "The force has no such day"}
        ).status_code
        == 403
    )
    with pytest.raises(PermissionDenied):
        actions.add_bank_holiday(by=person, now=NOON, day=date(2026, 11, 27), reason=WHY)
    with pytest.raises(PermissionDenied):
        actions.withdraw_bank_holiday(
            holiday_id=holiday.pk, by=person, now=NOON, reason="The force has no such day"
        )


def test_deadlines_move_on_the_page_and_in_the_queue(administrator: User) -> None:
    referral = a_submitted(now=NOON)
    monday = NOON + timedelta(days=7)

    def due() -> tuple[date, date]:
        clock = target_of(referral, monday)
        assert clock and clock.due_on
        assert reckon_again(now=monday) <= 1
        referral.refresh_from_db()
        return clock.due_on, referral.queue_target_on

    due_on, in_the_queue = due()
    assert due_on == in_the_queue
    holiday = added(administrator, due_on)
    assert due() == (working_days.add_working_days(due_on, 1),) * 2
    actions.withdraw_bank_holiday(
        holiday_id=holiday.pk, by=administrator, now=NOON, reason="A mistake in the list"
    )
    working_days.ADDED.read_again()
    assert due() == (due_on, due_on)


def test_another_worker_follows_within_seconds(
    administrator: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """The one that did it follows at its commit; any other when what it has read is a few seconds old."""
    clock = iter([100.0, 101.0, 100.0 + working_days.Added.FRESH_FOR, 200.0]).__next__
    monkeypatch.setattr(working_days, "monotonic", clock)
    with django_assert_num_queries(1):
        assert working_days.is_working_day(FRIDAY)
    actions.add_bank_holiday(by=administrator, now=NOON, day=FRIDAY, reason=WHY)
    with django_assert_num_queries(0):
        assert working_days.is_working_day(FRIDAY)
    with django_assert_num_queries(1):
        assert not working_days.is_working_day(FRIDAY)


def test_what_is_not_committed_moves_nothing(administrator: User, client: Client) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.add_bank_holiday(by=administrator, now=NOON, day=FRIDAY, reason=WHY)
        raise ZeroDivisionError
    assert working_days.is_working_day(FRIDAY)


def test_the_database_keeps_one_a_day_on_a_weekday_and_all_of_them(administrator: User) -> None:
    row = {"reason": WHY, "added_by": administrator, "added_at": NOON}
    BankHoliday.objects.create(day=FRIDAY, **row)
    for name, wrong in {
        "one_bank_holiday_a_day": {"day": FRIDAY},
        "bank_holiday_on_a_weekday": {"day": date(2026, 11, 22)},
        "bank_holiday_withdrawn_by_somebody": {"day": date(2026, 11, 27), "withdrawn_at": NOON},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BankHoliday.objects.create(**row | wrong)


LAST = date(2028, 12, 26)


@pytest.mark.parametrize(
    ("today", "warned"),
    [
        (date(2027, 12, 26), None),
        (date(2027, 12, 27), "ends on 26 December 2028. Install a newer version"),
        (LAST, "ends on 26 December 2028. Install a newer version"),
        (date(2028, 12, 27), "ended on 26 December 2028. Every deadline now counts Monday to Friday"),
    ],
)
def test_the_administrator_is_warned_a_year_before_the_list_ends(
    client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch, today: date, warned: str | None
) -> None:
    monkeypatch.setattr(working_days, "published", lambda: {LAST: "Boxing Day"})
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(noon, tick=True):
        client.force_login(administrator)
        told = client.get(page("s")).text
        start = client.get(reverse("waiting")).text
    assert ("govuk-warning-text" in told) is bool(warned)
    assert warned is None or warned in told
    lines = [line.words for line in waiting_for(administrator, noon)]
    assert lines == (["The list of bank holidays ends on 26 December 2028"] if warned else [])
    assert ("The list of bank holidays ends on 26 December 2028" in start) is bool(warned)
    assert list(waiting_for(a_user(Role.MANAGER), noon)) == []
