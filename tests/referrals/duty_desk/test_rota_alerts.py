"""Gaps of the rota are told of ahead, once; what is filled raises nothing more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from referrals.duty_desk import actions
from referrals.duty_desk.models import RotaAlert, Shift
from referrals.duty_desk.queries import Gap
from referrals.duty_desk.rules.rota import Duty, Span
from tests.builders import NOON, a_user
from tests.referrals.duty_desk.desk import a_shift

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = NOON.replace(hour=0)  # a Monday; the desk opens at 9am, in winter UTC


def filled(*, without: datetime | None = None) -> dict[datetime, Shift]:
    """The rota from the day before NOON to nine days after, with nobody in the shift that begins at `without`."""
    desk, on_call = a_user(Role.REFERRALS_OFFICER), a_user(Role.CIO_HMI)
    found: dict[datetime, Shift] = {}
    for number in range(-1, 10):
        day = MONDAY + number * DAY
        spans: list[Any] = [("on_call", on_call, 0, 24)]
        if day.weekday() < 5:
            spans = [("desk", desk, 9, 17), ("on_call", on_call, 0, 9), ("on_call", on_call, 17, 24)]
        for duty, person, start, end in spans:
            times = {"starts_at": day + start * HOUR, "ends_at": day + end * HOUR}
            if times["starts_at"] != without:
                shift = Shift(duty=duty, person=person, made_by=desk, made_at=NOON - 9 * DAY, **times)
                found[times["starts_at"]] = shift
    Shift.objects.bulk_create(found.values())
    return found


def told(person: User) -> list[str]:
    return list(
        Notification.objects.filter(person=person, kind="rota_gap").values_list("reference", flat=True)
    )


def test_a_gap_ahead_is_told_once_to_managers_and_the_desk() -> None:
    manager, cio = a_user(Role.MANAGER), a_user(Role.CIO_HMI)
    thursday = MONDAY + 3 * DAY + 9 * HOUR
    filled(without=thursday)
    (alert,) = actions.tell_of_gaps(now=NOON)
    assert (alert.duty, alert.starts_at, alert.ends_at) == ("desk", thursday, thursday + 8 * HOUR)
    assert actions.tell_of_gaps(now=NOON) == actions.tell_of_gaps(now=NOON + HOUR) == []
    assert told(manager) == ["duty officer from 9am on Thursday 19 November 2026"] and told(cio) == []


def test_what_is_further_off_is_told_when_its_day_comes() -> None:
    friday = MONDAY + 4 * DAY + 9 * HOUR
    filled(without=friday)
    assert actions.tell_of_gaps(now=NOON) == []
    assert len(actions.tell_of_gaps(now=NOON + DAY)) == 1


def test_a_gap_that_goes_on_is_told_too() -> None:
    filled(without=MONDAY + 9 * HOUR)
    (alert,) = actions.tell_of_gaps(now=NOON)
    assert alert.starts_at == MONDAY + 9 * HOUR
    assert actions.tell_of_gaps(now=NOON + HOUR) == []


def test_a_weekend_is_one_gap_however_often_one_looks() -> None:
    shifts = filled()
    friday = MONDAY + 4 * DAY + 17 * HOUR
    away = [moment for moment in shifts if friday <= moment < MONDAY + 7 * DAY + 9 * HOUR]
    for moment in away:
        cancelled(shifts[moment])
    found = [actions.tell_of_gaps(now=NOON + day * DAY) for day in range(2, 5)]
    assert [len(alerts) for alerts in found] == [1, 0, 0]
    assert found[0][0].ends_at == MONDAY + 7 * DAY + 9 * HOUR


def cancelled(shift: Shift, now: datetime = NOON) -> None:
    actions.cancel_shift(
        shift_id=shift.pk, by=a_user(Role.MANAGER), now=now, reason="Ill since this morning."
    )


def test_filled_in_part_raises_nothing_more_and_opened_again_is_told_again() -> None:
    thursday = MONDAY + 3 * DAY + 9 * HOUR
    filled(without=thursday)
    actions.tell_of_gaps(now=NOON)
    a_shift(thursday, thursday + 4 * HOUR, duty="desk")
    assert actions.tell_of_gaps(now=NOON + HOUR) == []
    shift = a_shift(thursday + 4 * HOUR, thursday + 8 * HOUR, duty="desk")
    assert actions.tell_of_gaps(now=NOON + 2 * HOUR) == []
    assert RotaAlert.objects.get().over_at == NOON + 2 * HOUR
    cancelled(shift, NOON + 3 * HOUR)
    (again,) = actions.tell_of_gaps(now=NOON + 3 * HOUR)
    assert again.starts_at == thursday + 4 * HOUR


def test_what_begins_on_one_day_is_one_message() -> None:
    manager = a_user(Role.MANAGER)
    alerts = actions.tell_of_gaps(now=NOON)  # nobody is on the rota at all
    days = {(MONDAY + number * DAY).date() for number in range(-3, 4)}
    assert len(alerts) > len(told(manager)) > 1
    assert {alert.starts_at.date() for alert in alerts} <= days


def test_the_database_keeps_one_alert_a_gap() -> None:
    gap = Gap(Duty.DESK, Span(NOON, NOON + HOUR))
    values: dict[str, Any] = {"duty": gap.duty, "starts_at": NOON, "ends_at": NOON + HOUR, "told_at": NOON}
    RotaAlert.objects.create(**values)
    with pytest.raises(IntegrityError, match="one_alert_a_gap"), transaction.atomic():
        RotaAlert.objects.create(**values)
