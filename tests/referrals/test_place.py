"""A referral's place in the queue: kept on its row by every move, moved on with the day and the calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus import working_days
from nexus.accounts.actions import add_bank_holiday
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions
from referrals.actions.reckoning import misplaced
from referrals.correctable import correctable
from referrals.models import Referral
from referrals.models.place import NO_DAY, NO_END, target_of
from referrals.queries import outcome_for
from referrals.queue import SORTS, in_order
from referrals.rules.clocks import working_day_away
from referrals.rules.matrix import MatrixOutcome
from referrals.states import UNDECIDED
from tests.builders import NOON, NewQuestion, a_draft, a_user, an_acceptance, in_triage, with_a_question
from tests.referrals.croydon import fresh, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calendar_as_it_was() -> Iterator[None]:
    yield
    working_days.ADDED.read_again()


def days_left(day: date, today: date) -> int:
    """Working days from today to the day, below 0 where it has passed."""
    if day >= today:
        return working_days.working_days_between(today, day)
    return -working_days.working_days_between(day, today)


def assert_in_place(referral: Referral, now: datetime) -> None:
    """What the row keeps is what the rules say now."""
    row = fresh(referral)
    if row.state not in UNDECIDED:
        assert (row.queue_rank, row.queue_target_on) == (1, NO_DAY)
        return
    clock = target_of(row, now)
    assert clock is not None
    assert days_left(row.queue_target_on, timezone.localdate(now)) == clock.left
    assert clock.due_on in (None, row.queue_target_on)


# Two clock changes, Christmas, and an ordinary week.
BEGINNINGS = [datetime(2026, 10, 23, 22, 30, tzinfo=UTC), datetime(2027, 3, 26, 23, 30, tzinfo=UTC),
              datetime(2026, 12, 23, 16, 0, tzinfo=UTC), NOON]  # fmt: skip
STEPS = ["claim", "release", "ask", "answer", "take_back", "refuse", "reopen", "hand_over", "withdraw"]


def take(step: str, referral: Referral, officer: User, other: User, now: datetime) -> None:
    """One verb, by whoever may; what the state refuses does not happen."""
    holder = fresh(referral).claimed_by or officer
    common: dict[str, Any] = {"referral_id": referral.pk, "now": now}
    verbs: dict[str, Any] = {
        "claim": lambda: actions.claim(by=officer, **common),
        "release": lambda: actions.release(by=holder, **common),
        "ask": lambda: actions.request_information(
            by=holder, questions=[NewQuestion("Who saw it?", timezone.localdate(now))], **common
        ),
        "answer": lambda: actions.answer_information(by=referral.created_by, answer="Two officers.", **common),
        "take_back": lambda: actions.take_back(by=holder, reason="The hearing is tomorrow.", **common),
        "refuse": lambda: actions.not_accept(by=holder, reasons="Too little is shown.", balance="Long here.", **common),
        "reopen": lambda: actions.reopen(by=officer, reason="The force called again.", **common),
        "hand_over": lambda: actions.hand_over(by=holder, to=other if holder == officer else officer, **common),
        "withdraw": lambda: actions.withdraw(by=referral.created_by, reason="Sent in error.", **common),
    }  # fmt: skip
    try:
        verbs[step]()
    except Refused:
        pass


@settings(max_examples=25, suppress_health_check=[*HealthCheck])
@given(
    began=st.sampled_from(BEGINNINGS),
    history=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 24 * 9)), max_size=8),
    later=st.integers(0, 24 * 40),
    holiday=st.integers(1, 30),
)
def test_whatever_happens_the_place_is_what_the_rules_say(
    began: datetime, history: list[tuple[str, int]], later: int, holiday: int
) -> None:
    officer, other = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER)
    referral, now = sent(now=began), began
    assert_in_place(referral, now)
    for step, hours in history:
        now += timedelta(hours=hours)
        actions.reckon_again(now=now)
        take(step, referral, officer, other, now)
        assert_in_place(referral, now)
    now += timedelta(hours=later)
    try:
        day = timezone.localdate(now) + timedelta(days=holiday)
        add_bank_holiday(by=a_user(Role.ADMINISTRATOR), now=now, day=day, reason="A coronation")
    except Refused:
        pass
    working_days.ADDED.read_again()
    actions.reckon_again(now=now)
    assert_in_place(referral, now)
    assert list(misplaced(now=now)) == []


def test_what_waits_for_the_force_moves_on_with_each_working_day() -> None:
    asked, sent_now = with_a_question(now=NOON), sent(now=NOON)
    days = []
    for ahead in range(4):
        now = NOON + timedelta(days=ahead)
        actions.reckon_again(now=now)
        days.append(fresh(asked).queue_target_on)
        assert days_left(days[-1], timezone.localdate(now)) == 10
    assert fresh(sent_now).queue_target_on == working_days.add_working_days(NOON, 2)
    assert days == sorted(days) and days[0] < days[-1]
    assert actions.reckon_again(now=now) == 0  # nothing twice


def test_where_the_matrix_points_is_kept_from_the_sending_on() -> None:
    referral = sent(immigration_status="limited_leave")
    assert referral.matrix_outcome == outcome_for(fresh(referral)) == MatrixOutcome.M3
    Referral.objects.filter(pk=referral.pk).update(matrix_outcome="M6", queue_reckoned_by="another calendar")
    assert list(misplaced(now=NOON)) != []
    actions.reckon_again(now=NOON)
    assert fresh(referral).matrix_outcome == MatrixOutcome.M3
    assert list(misplaced(now=NOON)) == []


def test_where_the_matrix_points_follows_a_correction() -> None:
    referral = sent(immigration_status="limited_leave")
    page = next(page.key for page in correctable(referral) if "immigration_status" in page.columns)
    actions.correct(
        referral_id=referral.pk,
        by=a_user(Role.REFERRALS_OFFICER),
        now=NOON,
        page=page,
        values={"immigration_status": "overstayer"},
        because="The record shows that leave had ended.",
    )
    assert fresh(referral).matrix_outcome == outcome_for(fresh(referral)) == MatrixOutcome.M1
    assert list(misplaced(now=NOON)) == []


def test_no_part_of_a_place_is_ever_empty() -> None:
    decided = an_acceptance().referral
    assert (decided.queue_custody_ends_at, decided.queue_target_on) == (NO_END, NO_DAY)
    detained = sent(
        channel="live_time", in_custody=True, custody_reference="1", custody_clock_started_at=NOON
    )
    assert (detained.queue_rank, detained.queue_custody_ends_at) == (0, detained.custody_ends_at)


def test_the_order_is_the_one_that_the_clocks_give() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    for days in (0, 1, 4, 9, 26, 340):
        began = NOON - timedelta(days=days)
        asked = with_a_question(now=began, officer=officer)
        if days % 2:
            actions.answer_information(
                referral_id=asked.pk,
                by=asked.created_by,
                answer="Two.",
                now=began + timedelta(days=days // 2),
            )
        sent(now=began)
    for ahead in (0, 1, 5, 12, 200):
        now = NOON + timedelta(days=ahead)
        actions.reckon_again(now=now)
        rows = list(in_order(Referral.objects.all(), SORTS["clock"]))
        urgency = [(target_of(row, now).left, row.submitted_at, row.pk) for row in rows]
        assert urgency == sorted(urgency) and len(rows) == 12


def test_the_command_reads_all_rows_and_says_which_is_misplaced(capsys: pytest.CaptureFixture[str]) -> None:
    referral = in_triage()
    an_acceptance()
    by_telephone = a_draft()  # no draft stands in the queue, whatever its clock
    Referral.objects.filter(pk=by_telephone.pk).update(in_custody=True, custody_clock_started_at=NOON)
    call_command("verify_queue")
    assert "Every referral stands" in capsys.readouterr().out
    Referral.objects.filter(pk=referral.pk).update(queue_rank=0)
    with pytest.raises(CommandError, match="1 referrals"):
        call_command("verify_queue")
    assert referral.reference in capsys.readouterr().out


def test_a_move_that_kept_no_place_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Referral, "settle", lambda self, *, now: None)
    referral = sent(now=NOON)
    with pytest.raises(AssertionError):
        assert_in_place(referral, NOON)


@pytest.mark.parametrize(
    ("days", "day"), [(0, date(2026, 11, 27)), (1, date(2026, 11, 30)), (-1, date(2026, 11, 26)), (5, date(2026, 12, 4)),
                      (-5, date(2026, 11, 20))],
)  # fmt: skip
def test_working_days_away_from_a_weekend(days: int, day: date) -> None:
    assert working_day_away(date(2026, 11, 29), days, worked=working_days.is_working_day) == day
