"""The rota: who has which duty, changed by a manager, given away by who has it; and what is handed over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.duty_desk import actions, queries
from referrals.duty_desk.models import HandoverNote, Shift
from referrals.models import Channel, Referral
from tests.builders import NOON, a_draft, a_user
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import a_shift, kinds

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROTA, ADD = reverse("duty_desk:rota"), reverse("duty_desk:add_shift")
EVENING = NOON + 5 * HOUR  # 5pm
MORNING = NOON + 21 * HOUR  # 9am the next day


def day_of(name: str, text: str) -> dict[str, str]:
    year, month, number = text.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def typed(
    start: str = "5pm", end: str = "9:00", *, first: str = "2026-11-16", last: str = "2026-11-17"
) -> Any:
    return {"start": start, "end": end, **day_of("first_day", first), **day_of("last_day", last)}


def page_of(name: str, shift: Shift) -> str:
    return reverse(f"duty_desk:{name}", args=[shift.pk])


@time_machine.travel(NOON, tick=False)
def test_a_manager_puts_somebody_on_it() -> None:
    cio = a_user(Role.CIO_HMI, full_name="Maud Winterbourne")
    sent = {"duty": "on_call", "person": cio.pk, **typed()}
    response = as_role(Role.MANAGER).post(ADD, sent, follow=True)
    assert response.redirect_chain[0][0] == f"{ROTA}?week=2026-11-16"
    assert "Maud Winterbourne is on the rota" in response.text
    shift = Shift.objects.get()
    assert (shift.starts_at, shift.ends_at) == (EVENING, MORNING)
    assert kinds(shift) == ["shift.added"]


@pytest.mark.parametrize(
    ("role", "duty", "starts_at", "ends_at", "reason"),
    [
        (Role.REFERRALS_OFFICER, "on_call", EVENING, MORNING, "cannot be CIO or HMI on call"),
        (Role.CIO_HMI, "desk", EVENING, MORNING, "cannot be Duty officer: choose a Referrals officer."),
        (Role.CIO_HMI, "on_call", MORNING, EVENING, "The end must be after the start."),
        (Role.CIO_HMI, "on_call", EVENING, EVENING, "The end must be after the start."),
        (Role.CIO_HMI, "on_call", NOON - 2 * HOUR, NOON, "The end must be in the future"),
        (Role.CIO_HMI, "on_call", EVENING, EVENING + 30 * DAY, "A shift can last 8 days at most."),
    ],
)
def test_reasons_not_to_add(
    role: Role, duty: str, starts_at: datetime, ends_at: datetime, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        a_shift(starts_at, ends_at, duty=duty, person=a_user(role))


def test_somebody_who_left_cannot_be_put_on() -> None:
    with pytest.raises(Refused, match="cannot be"):
        a_shift(EVENING, MORNING, person=a_user(Role.CIO_HMI, is_active=False))


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (EVENING, MORNING),
        (EVENING - HOUR, EVENING + HOUR),
        (MORNING - HOUR, MORNING + HOUR),
        (EVENING + HOUR, MORNING - HOUR),
    ],
)
def test_nobody_shares_a_duty(starts_at: datetime, ends_at: datetime) -> None:
    a_shift(EVENING, MORNING, person=a_user(Role.CIO_HMI, full_name="Maud Winterbourne"))
    told = "Maud Winterbourne already has it from 16 November 2026 at 5pm to 17 November 2026 at 9am."
    with pytest.raises(Refused, match=told):
        a_shift(starts_at, ends_at)
    values: dict[str, Any] = {"duty": "on_call", "made_at": NOON, "made_by": a_user(Role.MANAGER)}
    with pytest.raises(IntegrityError, match="one_at_a_time_on_call"), transaction.atomic():
        Shift.objects.create(**values, person=a_user(Role.CIO_HMI), starts_at=starts_at, ends_at=ends_at)


def test_shifts_may_touch_and_the_two_duties_may_coincide() -> None:
    a_shift(EVENING, MORNING)
    a_shift(MORNING, MORNING + HOUR)
    a_shift(EVENING, MORNING, duty="desk")
    assert Shift.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (typed(start="teatime"), "Start of the shift must be a time, like 9am, 5:30pm or 17:30"),
        (typed(start="25:00"), "Start of the shift must be a time, like 9am, 5:30pm or 17:30"),
        (typed(end="13pm"), "End of the shift must be a time, like 9am, 5:30pm or 17:30"),
        (typed(first="2027-03-28", start="1:30am"), "The clocks change over this time."),
        (typed(last="2027-10-31", end="01:30"), "The clocks change over this time."),
    ],
)
def test_times_that_are_none(sent: dict[str, str], sentence: str) -> None:
    person = a_user(Role.CIO_HMI)
    response = as_role(Role.MANAGER).post(ADD, {"duty": "on_call", "person": person.pk, **sent})
    assert sentence in response.text and not Shift.objects.exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("9am", 9), ("12am", 0), ("12pm", 12), ("midnight", 0), ("17:00", 17), ("5.00 PM", 17)],
)
@time_machine.travel(NOON, tick=False)
def test_times_as_people_write_them(text: str, shown: int) -> None:
    person = a_user(Role.CIO_HMI)
    sent = typed(start=text, end="23:00", first="2026-11-17")
    as_role(Role.MANAGER).post(ADD, {"duty": "on_call", "person": person.pk, **sent})
    assert Shift.objects.get().starts_at == datetime(2026, 11, 17, shown, tzinfo=UTC)


@time_machine.travel(NOON, tick=False)
def test_a_summer_shift_is_kept_in_utc() -> None:
    person, sent = a_user(Role.REFERRALS_OFFICER), typed("9am", "5pm", first="2027-07-14", last="2027-07-14")
    as_role(Role.MANAGER).post(ADD, {"duty": "desk", "person": person.pk, **sent})
    assert Shift.objects.get().starts_at == datetime(2027, 7, 14, 8, tzinfo=UTC)


def swap(shift: Shift, *, now: datetime, **answers: Any) -> Shift:
    given = {
        "by": shift.person,
        "person": a_user(Role.CIO_HMI),
        "reason": "Ill since this morning.",
        **answers,
    }
    return actions.swap_shift(shift_id=shift.pk, now=now, **given)


def test_who_has_it_gives_it_away_with_a_reason() -> None:
    shift = a_shift(EVENING, MORNING)
    taken_over = swap(shift, now=NOON)
    shift.refresh_from_db()
    assert (shift.cancelled_by, shift.cancel_reason) == (shift.person, "Ill since this morning.")
    assert (taken_over.starts_at, taken_over.ends_at) == (EVENING, MORNING)
    assert AuditEvent.objects.get(kind="shift.swapped").detail["to"] == taken_over.person_id


def test_given_away_in_the_middle_what_was_held_stays_held() -> None:
    shift, later = a_shift(EVENING, MORNING), EVENING + HOUR
    taken_over = swap(shift, now=later)
    shift.refresh_from_db()
    assert (shift.starts_at, shift.ends_at, shift.cancelled_at) == (EVENING, later, None)
    assert (taken_over.starts_at, taken_over.ends_at) == (later, MORNING)


def test_another_persons_shift_is_theirs_or_the_managers_to_give() -> None:
    shift = a_shift(EVENING, MORNING)
    with pytest.raises(PermissionDenied):
        swap(shift, now=NOON, by=a_user(Role.CIO_HMI))
    swap(shift, now=NOON, by=a_user(Role.MANAGER))


@pytest.mark.parametrize(
    ("answers", "now", "reason"),
    [
        ({"reason": " "}, NOON, "Enter why the shift changes hands."),
        ({}, MORNING, "This shift is over"),
    ],
)
def test_reasons_not_to_swap(answers: dict[str, Any], now: datetime, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        swap(a_shift(EVENING, MORNING), now=now, **answers)


def test_a_swap_wants_another_person_whose_role_fits() -> None:
    shift = a_shift(EVENING, MORNING)
    with pytest.raises(Refused, match="already has this shift"):
        swap(shift, now=NOON, person=shift.person)
    with pytest.raises(Refused, match="cannot be CIO or HMI on call"):
        swap(shift, now=NOON, person=a_user(Role.REFERRALS_OFFICER))


@time_machine.travel(NOON, tick=False)
def test_a_shift_taken_off_leaves_a_gap_and_its_reason() -> None:
    shift = a_shift(EVENING, MORNING)
    manager = as_role(Role.MANAGER)
    manager.post(page_of("cancel_shift", shift), {"reason": "Planned twice."})
    shift.refresh_from_db()
    assert shift.cancel_reason == "Planned twice." and kinds(shift)[-1] == "shift.cancelled"
    again = manager.post(page_of("cancel_shift", shift), {"reason": "Again, after a new call."})
    assert again.status_code == 409 and "already been taken off the rota" in again.text
    assert a_shift(EVENING, MORNING).starts_at == EVENING


@pytest.mark.parametrize("role", [Role.REFERRALS_OFFICER, Role.CIO_HMI, Role.POLICE_OFFICER, Role.AUDITOR])
def test_only_a_manager_plans(role: Role) -> None:
    shift, client = a_shift(EVENING, MORNING), as_role(role)
    assert client.get(ADD).status_code == 403
    assert client.post(page_of("cancel_shift", shift), {"reason": "A first account"}).status_code == 403


# Who is on now.


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOON, "Duty officer now: Ottoline Brandt, until 5pm."),
        (EVENING - timedelta(seconds=1), "Duty officer now: Ottoline Brandt, until 5pm."),
        (EVENING, "CIO or HMI on call now: Maud Winterbourne, until 9am on Tuesday 17 November 2026."),
        (MORNING - HOUR, "CIO or HMI on call now: Maud Winterbourne, until 9am."),
        (MORNING, "No duty officer now."),
        (MORNING + 8 * HOUR, "No CIO or HMI on call now."),
    ],
)
def test_who_is_on_now(now: datetime, said: str, django_assert_num_queries: Any) -> None:
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    a_shift(NOON - 3 * HOUR, EVENING, duty="desk", person=officer)
    a_shift(EVENING, MORNING, person=a_user(Role.CIO_HMI, full_name="Maud Winterbourne"))
    with django_assert_num_queries(1):
        assert str(queries.on_now(now=now)) == said


@time_machine.travel(NOON, tick=False)
def test_every_page_of_the_desk_says_who_is_on() -> None:
    person = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    a_shift(NOON - 3 * HOUR, EVENING, duty="desk", person=person)
    desk = as_role(Role.REFERRALS_OFFICER)
    for name in ("desk:queue", "duty_desk:enquiries", "duty_desk:rota"):
        assert "Duty officer now: Ottoline Brandt, until 5pm." in desk.get(reverse(name)).text, name


@time_machine.travel(EVENING, tick=False)
def test_whoever_needs_them_at_night_sees_whom_to_ring() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    live, standard = a_draft(by=officer), a_draft(by=officer)
    Referral.objects.filter(pk=live.pk).update(channel=Channel.LIVE_TIME)
    pages = signed_in(officer)
    tasks = reverse("referrals:tasks", args=[live.reference])
    assert "No CIO or HMI on call now." in pages.get(reverse("duty_desk:enquiries")).text
    assert "Short of time?" not in pages.get(tasks).text
    a_shift(
        EVENING,
        MORNING,
        person=a_user(Role.CIO_HMI, full_name="Maud Winterbourne", telephone="0151 496 0123"),
    )
    number = '<a class="govuk-link" href="tel:01514960123">0151 496 0123</a>'
    for page in (reverse("duty_desk:enquiries"), tasks):
        shown = pages.get(page).text
        assert "Maud Winterbourne" in shown and number in shown, page
    assert "Short of time? Telephone" in pages.get(tasks).text
    assert "Short of time?" not in pages.get(reverse("referrals:tasks", args=[standard.reference])).text
    assert number in as_role(Role.REFERRALS_OFFICER).get(reverse("desk:queue")).text


# The gaps ahead and the week.


@time_machine.travel(NOON, tick=False)
def test_gaps_are_told_ahead_and_filled_from_where_they_stand() -> None:
    a_shift(NOON - 3 * HOUR, EVENING, duty="desk")
    manager = as_role(Role.MANAGER)
    told = "No CIO or HMI on call from 5pm on Monday 16 November 2026 to 9am on Tuesday 17 November 2026"
    for name in ("duty_desk:enquiries", "duty_desk:rota"):
        assert told in manager.get(reverse(name)).text
    fill = f"{ADD}?duty=on_call&start=2026-11-16T17%3A00%3A00%2B00%3A00&end=2026-11-17T09%3A00%3A00%2B00%3A00"
    assert fill.replace("&", "&amp;") in manager.get(ROTA).text
    page = manager.get(fill).text
    assert 'value="5pm"' in page and 'value="9am"' in page and 'value="17"' in page
    a_shift(EVENING, MORNING)
    assert told not in manager.get(ROTA).text


def test_an_address_that_names_no_gap_begins_empty() -> None:
    assert as_role(Role.MANAGER).get(f"{ADD}?duty=on_call&start=yesterday&end=").status_code == 200


def test_what_is_past_is_no_gap() -> None:
    gaps = queries.gaps_ahead(NOON)
    assert gaps[0].span.starts_at == NOON
    assert gaps[-1].span.ends_at <= NOON + 15 * DAY


@time_machine.travel(datetime(2026, 12, 21, 12, tzinfo=UTC), tick=False)
def test_the_week_of_christmas() -> None:
    page = as_role(Role.MANAGER).get(f"{ROTA}?week=2026-12-25").text
    assert "Rota, 21 December 2026 to 27 December 2026" in page and page.count("Bank holiday") == 1
    for wrong in ("", "2026-13-01", "9999-12-31", "x"):
        assert "21 December 2026" in as_role(Role.MANAGER).get(f"{ROTA}?week={wrong}").text


@time_machine.travel(NOON, tick=False)
def test_a_handover_note_is_read_by_who_comes_next() -> None:
    as_role(Role.CIO_HMI).post(reverse("duty_desk:write_handover"), {"text": "NHH-2026-000001: call Leeds."})
    note = HandoverNote.objects.get()
    assert (str(note.day), kinds(note)) == ("2026-11-16", ["handover.written"])
    for name in ("duty_desk:enquiries", "duty_desk:rota"):
        assert "NHH-2026-000001: call Leeds." in as_role(Role.REFERRALS_OFFICER).get(reverse(name)).text
    empty = signed_in(note.by).post(reverse("duty_desk:write_handover"), {"text": ""})
    assert "Enter the handover note" in empty.text and HandoverNote.objects.count() == 1
