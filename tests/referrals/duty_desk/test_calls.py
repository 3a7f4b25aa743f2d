"""Live-time referrals by telephone: taken in a few words, completed by the force, triaged by somebody else."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from nexus.waiting import waiting_for
from referrals import actions as referral_actions
from referrals.duty_desk import actions, queries
from referrals.duty_desk.forms.telephone import clock_start
from referrals.duty_desk.models import TelephoneReferral
from referrals.models import Referral
from tests.builders import NOON, a_draft, a_force, a_user, with_a_question
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import a_call, filled_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CALLS, TAKE = reverse("duty_desk:calls"), reverse("duty_desk:take_call")


def page_of(call: TelephoneReferral) -> str:
    return reverse("duty_desk:call", args=[call.pk])


def completed(call: TelephoneReferral, officer: User) -> Referral:
    filled_in(call, officer)
    return referral_actions.submit(referral_id=call.referral_id, by=officer, now=NOON + HOUR)


def test_what_was_heard_is_a_draft_of_the_force_at_once() -> None:
    started = NOON - 3 * HOUR
    told = {"surname": "Vasko", "nationality": "ALB", "custody_reference": "Perry Barr 114"}
    call = a_call(**told, custody_clock_started_at=started, in_custody=True, contact="0121 496 0000")
    referral = call.referral
    assert (referral.state, referral.channel, referral.surname, referral.officer_contact) == (
        "draft",
        "live_time",
        "Vasko",
        "0121 496 0000",
    )
    assert list(referral.nationalities.values_list("code", "source")) == [("ALB", "claimed")]
    assert queries.custody_of(referral, NOON).time == 21 * HOUR
    entry = AuditEvent.objects.get(kind="call.taken")
    assert (entry.recipient, entry.subject_id) == (referral.force.name, str(referral.pk))


def test_the_same_call_sent_twice_is_one() -> None:
    officer, key = a_user(Role.CIO_HMI), uuid4()
    assert a_call(by=officer, idempotency_key=key) == a_call(by=officer, idempotency_key=key)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"caller": " "}, "Enter the name of the caller"),
        ({"why_urgent": ""}, "Enter why it is urgent"),
        ({"force": None}, "Select the force"),
    ],
)
def test_reasons_not_to_take_it(told: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        a_call(**told)


def test_an_account_of_another_force_is_not_told() -> None:
    with pytest.raises(Refused, match="is not an officer of West Midlands"):
        a_call(account=a_user(Role.POLICE_OFFICER, force=a_force("05")))


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.REFERRALS_OFFICER, Role.CIO_HMI)]
)
def test_only_the_desk_and_who_is_on_call_take_calls(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        a_call(by=a_user(role))


def test_the_force_is_told_and_nobody_else() -> None:
    named, lead = a_user(Role.POLICE_OFFICER), a_user(Role.FORCE_LEAD)
    a_user(Role.POLICE_OFFICER), a_user(Role.FORCE_LEAD, force=a_force("05"))
    call = a_call(account=named)
    told = Notification.objects.filter(kind="call_taken")
    assert {each.person for each in told} == {named, lead}
    assert {each.url_args[0] for each in told} == {call.referral.reference}


@pytest.mark.parametrize("address", ["nobody@force.example", "the officer of another force"])
def test_a_wrong_address_does_not_hold_up_the_call(address: str) -> None:
    lead = a_user(Role.FORCE_LEAD)
    if "@" not in address:
        address = a_user(Role.POLICE_OFFICER, force=a_force("05")).email
    sent = {
        "key": str(uuid4()),
        "force": "20",
        "caller": "PC Osei",
        "why_urgent": "Bail ends this evening.",
        "account": address,
    }
    page = as_role(Role.CIO_HMI).post(TAKE, sent, follow=True).text
    assert "nobody from West Midlands" in page and "signs in with that address" in page
    assert TelephoneReferral.objects.get().account is None
    assert Notification.objects.get(kind="call_taken").person == lead


def test_where_nobody_is_named_and_there_is_no_lead_every_officer_is_told() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    a_call()
    assert Notification.objects.get(kind="call_taken").person == officer


def test_nothing_is_decided_before_the_force_has_sent_it_nor_by_who_took_the_call() -> None:
    taker, other = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER)
    call = a_call(by=taker)
    for officer in (taker, other):
        with pytest.raises(Referral.DoesNotExist):
            referral_actions.claim(referral_id=call.referral_id, by=officer, now=NOON)
    force = a_user(Role.POLICE_OFFICER)
    with pytest.raises(Refused, match="Enter|Select|Add"):
        referral_actions.submit(referral_id=call.referral_id, by=force, now=NOON)
    referral = completed(call, force)
    assert (referral.created_by, referral.raised_by) == (taker, force)
    with pytest.raises(Refused, match="You raised this referral"):
        referral_actions.claim(referral_id=referral.pk, by=taker, now=NOON + HOUR)
    assert referral_actions.claim(referral_id=referral.pk, by=other, now=NOON + HOUR).claimed_by == other


def test_advice_is_logged_until_it_is_sent_and_the_force_reads_it() -> None:
    cio, force = a_user(Role.CIO_HMI), a_user(Role.POLICE_OFFICER)
    call = a_call(by=cio, advice="Keep the passport.")
    actions.log_advice(call_id=call.pk, by=a_user(Role.REFERRALS_OFFICER), now=NOON, text="Ring at 4pm.")
    page = signed_in(force).get(reverse("referrals:tasks", args=[call.referral.reference])).text
    for words in (
        "Taken by telephone: complete it",
        "Released at 6pm.",
        "Keep the passport.",
        "Ring at 4pm.",
    ):
        assert words in page
    with pytest.raises(PermissionDenied):
        actions.log_advice(call_id=call.pk, by=a_user(Role.MANAGER), now=NOON, text="No.")
    with pytest.raises(TelephoneReferral.DoesNotExist):
        actions.log_advice(call_id=call.pk, by=force, now=NOON, text="No.")
    completed(call, force)
    with pytest.raises(Refused, match="is submitted: ask the force"):
        actions.log_advice(call_id=call.pk, by=cio, now=NOON + HOUR, text="Too late.")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        call.advice.update(text="Otherwise.")


@time_machine.travel(NOON, tick=False)
def test_the_list_has_the_clock_that_ends_first_on_top() -> None:
    clocks = ({"custody_clock_started_at": NOON - hours * HOUR, "in_custody": True} for hours in (2, 25, 4))
    two, past, four = (a_call(**clock) for clock in clocks)
    none = a_call()
    sent = completed(a_call(), a_user(Role.POLICE_OFFICER)).telephone
    desk = as_role(Role.REFERRALS_OFFICER)
    assert listed(desk) == [past.pk, four.pk, two.pk, none.pk, sent.pk]
    page = desk.get(CALLS).text
    assert "Detention limit passed 1 hour ago" in page and page.count("Being completed by the force") == 4
    waits = {line.path: (line.count, line.overdue) for line in waiting_for(a_user(Role.CIO_HMI), NOON)}
    assert waits[CALLS] == (4, 1)
    officer = a_user(Role.POLICE_OFFICER)
    line = next(each for each in waiting_for(officer, NOON) if each.words.startswith("Taken by telephone"))
    a_draft(by=officer)
    assert line.count == 4 and "referrals (4)" in signed_in(officer).get(line.path).text
    tasks = reverse("referrals:tasks", args=[two.referral.reference])
    assert "22 hours left" in signed_in(officer).get(tasks).text
    assert "Live-time calls being completed by the force (4)" in desk.get(reverse("waiting")).text


@time_machine.travel(NOON, tick=False)
def test_a_running_clock_leads_what_is_asked_of_the_force() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    with_a_question(by=officer)
    late = a_call(custody_clock_started_at=NOON - 2 * HOUR, in_custody=True)
    soon = a_call(custody_clock_started_at=NOON - 23 * HOUR, in_custody=True, surname="Aydin")
    a_call(force=a_force("06"), custody_clock_started_at=NOON - HOUR, in_custody=True)
    a_call()  # no clock: it is among what else waits
    page = signed_in(officer).get(reverse("referrals:asked")).text
    assert "(3)" in page and "<strong>1 hour left</strong>" in page and "Released at 6pm." in page
    tasks = [page.index(reverse("referrals:tasks", args=[each.referral.reference])) for each in (soon, late)]
    assert tasks == sorted(tasks) and tasks[1] < page.index("Answer the Referrals Office")


def listed(client: Any) -> list[int]:
    page = client.get(CALLS).text
    pieces = page.split('href="' + CALLS)[1:]
    return [int(piece.split("/")[0]) for piece in pieces if piece[0].isdigit()]


@time_machine.travel(NOON, tick=False)
def test_the_queries_do_not_grow() -> None:
    desk = as_role(Role.MANAGER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get(CALLS)
        return len(found)

    a_call(), a_call()
    few = asked()
    for _ in range(10):
        a_call()
    assert asked() == few


@time_machine.travel(NOON, tick=False)
def test_taken_on_the_page_with_three_words_and_found_in_the_list_of_the_force() -> None:
    cio, key = as_role(Role.CIO_HMI), str(uuid4())
    assert "Enter why it is urgent" in cio.post(TAKE, {"key": key, "force": "20", "caller": "PC Osei"}).text
    sent = {
        "key": key,
        "force": "20",
        "caller": "PC Osei",
        "why_urgent": "Bail at 6pm.",
        "clock_time": "9:10am",
    }
    page = cio.post(TAKE, sent, follow=True).text
    assert "Bail at 6pm." in page and "21 hours" in page and "No duty officer now" in page
    call = TelephoneReferral.objects.get()
    assert call.referral.custody_clock_started_at == datetime(2026, 11, 16, 9, 10, tzinfo=UTC)
    officer = as_role(Role.POLICE_OFFICER)
    assert "taken by telephone: complete it" in officer.get(reverse("referrals:list")).text
    assert "Enter what was said" in cio.post(page_of(call), {"text": ""}).text
    assert cio.post(page_of(call), {"text": "Keep him."}, follow=True).text.count("Keep him.") == 1
    assert officer.get(page_of(call)).status_code == 404


@pytest.mark.parametrize(
    ("at", "day", "now", "started"),
    [
        (time(9), None, NOON, datetime(2026, 11, 16, 9, tzinfo=UTC)),
        (time(23, 30), None, NOON, datetime(2026, 11, 15, 23, 30, tzinfo=UTC)),
        (time(9), date(2026, 11, 14), NOON, datetime(2026, 11, 14, 9, tzinfo=UTC)),
        # The clocks went back at 2am that day: 1:30am came twice, the first counts.
        (time(1, 30), date(2026, 10, 25), NOON, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_moment_a_clock_started(at: time, day: date | None, now: datetime, started: datetime) -> None:
    assert clock_start(at, day, now) == started


def test_a_clock_that_has_not_started_is_refused() -> None:
    day = {"clock_date-day": "1", "clock_date-month": "1", "clock_date-year": "2100"}
    sent = {
        "key": str(uuid4()),
        "force": "20",
        "caller": "A",
        "why_urgent": "A second account",
        "clock_time": "9am",
        **day,
    }
    assert as_role(Role.CIO_HMI).post(TAKE, sent).status_code == 200
    assert not TelephoneReferral.objects.exists()
