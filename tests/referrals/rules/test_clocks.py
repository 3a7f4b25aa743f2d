"""The desk's clocks, table by table: weekends, bank holidays, pauses, and the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nexus.working_days import add_working_days, is_working_day, working_days_between
from referrals.rules.clocks import LONDON, Pause, TargetClock, custody_end, target_clock, worked_time

LIMIT = timedelta(hours=24)
ASKED = "2026-11-18"  # a Wednesday


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(start: str, today: str, *pauses: tuple[str, str | None], target: int = 5) -> TargetClock:
    given = [Pause(day(since), day(until) if until else None) for since, until in pauses]
    return target_clock(day(start), day(today), target=target, pauses=given, worked=is_working_day)


@pytest.mark.parametrize(
    ("start", "today", "elapsed"),
    [
        ("2026-11-16", "2026-11-16", 0),  # the day of arrival does not count
        ("2026-11-16", "2026-11-17", 1),
        ("2026-11-20", "2026-11-23", 1),  # Friday to Monday
        ("2026-11-21", "2026-11-23", 1),  # arrived on a Saturday
        ("2026-11-21", "2026-11-22", 0),
        ("2026-12-24", "2026-12-29", 1),  # Christmas on a Friday, Boxing Day's substitute on Monday the 28th
        ("2027-12-24", "2027-12-29", 1),  # Saturday and Sunday: substitutes on Monday and Tuesday
        ("2022-12-23", "2022-12-28", 1),  # Christmas on a Sunday: Monday and Tuesday
        ("2026-04-02", "2026-04-07", 1),  # Good Friday and Easter Monday
        ("2026-05-01", "2026-05-05", 1),  # early May
        ("2026-12-31", "2027-01-04", 1),  # New Year's Day on a Friday
        ("2022-06-01", "2022-06-06", 1),  # the jubilee's two days in one week
    ],
)
def test_elapsed_is_in_working_days(start: str, today: str, elapsed: int) -> None:
    found = clock(start, today)
    assert (found.elapsed, found.counted, found.left) == (elapsed, elapsed, 5 - elapsed)
    assert found.elapsed == working_days_between(day(start), day(today))
    assert found.due_on == add_working_days(day(start), 5)


@pytest.mark.parametrize(
    ("pauses", "today", "counted", "due"),
    [
        ([], "2026-11-25", 7, "2026-11-23"),
        ([(ASKED, "2026-11-18")], "2026-11-25", 7, "2026-11-23"),  # answered the same day: no pause
        ([(ASKED, "2026-11-19")], "2026-11-25", 6, "2026-11-24"),
        ([("2026-11-20", "2026-11-23")], "2026-11-25", 6, "2026-11-24"),  # over a weekend: Monday only
        ([("2026-11-20", "2026-11-22")], "2026-11-25", 7, "2026-11-23"),  # answered on Sunday: nothing lost
        ([("2026-11-21", "2026-11-22")], "2026-11-25", 7, "2026-11-23"),
        ([(ASKED, "2026-11-20"), ("2026-11-20", "2026-11-24")], "2026-11-25", 3, "2026-11-27"),
        ([(ASKED, "2026-11-19"), ("2026-11-23", "2026-11-24")], "2026-11-25", 5, "2026-11-25"),
    ],
)
def test_questions_to_the_force_pause_it(
    pauses: list[tuple[str, str | None]], today: str, counted: int, due: str
) -> None:
    found = clock("2026-11-16", today, *pauses)
    assert (found.elapsed, found.counted, found.left) == (7, counted, 5 - counted)
    assert (found.due_on, found.paused) == (day(due), False)


@pytest.mark.parametrize("today", ["2026-11-18", "2026-11-19", "2026-11-23", "2026-12-29", "2027-03-01"])
def test_while_the_question_is_open_it_stands_still(today: str) -> None:
    found = clock("2026-11-16", today, (ASKED, None))
    assert (found.counted, found.left, found.paused, found.due_on) == (2, 3, True, None)
    assert found.elapsed == working_days_between(day("2026-11-16"), day(today))


def test_a_pause_over_christmas_takes_only_the_days_worked() -> None:
    found = clock("2026-12-22", "2026-12-31", ("2026-12-23", "2026-12-30"))
    assert (found.elapsed, found.counted) == (5, 2)  # 23, 24, 29, 30, 31; waited on 24, 29 and 30


@pytest.mark.parametrize("counted", range(8))
def test_due_is_the_day_on_which_nothing_is_left(counted: int) -> None:
    pause = ("2026-11-20", "2026-11-24")
    due = clock("2026-11-16", "2026-11-25", pause, target=counted).due_on
    assert due and clock("2026-11-16", due.isoformat(), pause, target=counted).left == 0


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((2026, 3, 28, 12), (2026, 3, 29, 13)),  # the hour from 1am is left out: the wall says 25 hours
        ((2026, 10, 24, 12), (2026, 10, 25, 11)),  # the hour from 1am comes twice: the wall says 23
        ((2026, 11, 16, 12), (2026, 11, 17, 12)),
        ((2026, 12, 24, 23), (2026, 12, 25, 23)),  # no holiday stops it
    ],
)
def test_custody_runs_on_elapsed_time(start: tuple[int, ...], end: tuple[int, ...]) -> None:
    began = datetime(*start, tzinfo=LONDON)
    ends = custody_end(began, LIMIT)
    assert ends == datetime(*end, tzinfo=LONDON).astimezone(UTC)
    assert ends - began.astimezone(UTC) == LIMIT
    assert custody_end(began.astimezone(UTC), LIMIT) == ends


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-16 10:00", "2026-11-16 12:30", 2.5),
        ("2026-11-16 06:00", "2026-11-16 22:00", 8),
        ("2026-11-16 16:00", "2026-11-17 10:00", 2),
        ("2026-11-20 16:00", "2026-11-23 10:00", 2),  # over a weekend
        ("2026-12-24 16:00", "2026-12-29 10:00", 2),  # over Christmas and its substitute
        ("2026-03-27 16:00", "2026-03-30 10:00", 2),  # over the change to summer time
        ("2026-10-23 16:00", "2026-10-26 10:00", 2),  # and back
        ("2026-11-21 10:00", "2026-11-22 12:00", 0),
        ("2026-11-16 18:00", "2026-11-16 19:00", 0),
        ("2026-11-16 12:00", "2026-11-16 12:00", 0),
    ],
)
def test_worked_time_is_the_desks_hours(start: str, end: str, hours: float) -> None:
    began, ended = (datetime.fromisoformat(moment).replace(tzinfo=LONDON) for moment in (start, end))
    found = worked_time(began.astimezone(UTC), ended, worked=is_working_day)
    assert found == timedelta(hours=hours)
