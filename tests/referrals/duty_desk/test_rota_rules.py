"""When each duty must be held and what is left uncovered: across weekends, bank holidays and clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from referrals.duty_desk.queries import Gap
from referrals.duty_desk.rules.rota import Duty, Span, gaps, london, shown_once, wanted_spans

HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    """ "2026-11-28 18:00" in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(since: str, until: str) -> Span:
    return Span(utc(since), utc(until))


@pytest.mark.parametrize(
    ("duty", "first", "last", "wanted"),
    [
        # A Monday in November: London is UTC.
        (Duty.DESK, "2026-11-23", "2026-11-23", [("2026-11-23 09:00", "2026-11-23 17:00")]),
        (
            Duty.ON_CALL,
            "2026-11-23",
            "2026-11-23",
            [("2026-11-23 00:00", "2026-11-23 09:00"), ("2026-11-23 17:00", "2026-11-24 00:00")],
        ),
        # A Wednesday in July: London is an hour ahead.
        (Duty.DESK, "2026-07-15", "2026-07-15", [("2026-07-15 08:00", "2026-07-15 16:00")]),
        # A weekend is one stretch from Friday's closing to Monday's opening.
        (Duty.DESK, "2026-11-28", "2026-11-29", []),
        (
            Duty.ON_CALL,
            "2026-11-27",
            "2026-11-30",
            [
                ("2026-11-27 00:00", "2026-11-27 09:00"),
                ("2026-11-27 17:00", "2026-11-30 09:00"),
                ("2026-11-30 17:00", "2026-12-01 00:00"),
            ],
        ),
        # Christmas 2026 is a Friday; Boxing Day, a Saturday, is kept on Monday 28 December.
        (Duty.DESK, "2026-12-25", "2026-12-28", []),
        (
            Duty.ON_CALL,
            "2026-12-24",
            "2026-12-29",
            [
                ("2026-12-24 00:00", "2026-12-24 09:00"),
                ("2026-12-24 17:00", "2026-12-29 09:00"),
                ("2026-12-29 17:00", "2026-12-30 00:00"),
            ],
        ),
        # Good Friday and Easter Monday 2026, a week after the clocks went forward.
        (Duty.DESK, "2026-04-03", "2026-04-07", [("2026-04-07 08:00", "2026-04-07 16:00")]),
    ],
)
def test_when_a_duty_must_be_held(duty: Duty, first: str, last: str, wanted: list[tuple[str, str]]) -> None:
    found = wanted_spans(duty, date.fromisoformat(first), date.fromisoformat(last))
    assert found == [span(*each) for each in wanted]


@pytest.mark.parametrize(
    ("friday", "hours"),
    [
        ("2026-11-20", 64),  # an ordinary weekend, 5pm to 9am
        ("2026-03-27", 63),  # the clocks go forward on Sunday
        ("2026-10-23", 65),  # the clocks go back on Sunday
        ("2026-05-01", 64 + 24),  # early May bank holiday on Monday
    ],
)
def test_a_weekend_is_as_long_as_it_is(friday: str, hours: int) -> None:
    first = date.fromisoformat(friday)
    weekend = wanted_spans(Duty.ON_CALL, first, first + timedelta(days=4))[1]
    assert weekend.ends_at - weekend.starts_at == hours * HOUR


def test_every_moment_of_a_year_wants_exactly_one_duty() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    spans = sorted(each for duty in Duty for each in wanted_spans(duty, first, last))
    assert spans[0].starts_at == london(first, time(0)) and spans[-1].ends_at == london(
        date(2027, 1, 1), time(0)
    )
    assert all(one.ends_at == other.starts_at for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ([], [("2026-11-27 17:00", "2026-11-30 09:00")]),
        ([("2026-11-27 17:00", "2026-11-30 09:00")], []),
        ([("2026-11-26 00:00", "2026-12-02 00:00")], []),
        ([("2026-11-27 17:00", "2026-11-28 18:00")], [("2026-11-28 18:00", "2026-11-30 09:00")]),
        (
            [("2026-11-28 00:00", "2026-11-28 18:00"), ("2026-11-29 06:00", "2026-11-29 12:00")],
            [
                ("2026-11-27 17:00", "2026-11-28 00:00"),
                ("2026-11-28 18:00", "2026-11-29 06:00"),
                ("2026-11-29 12:00", "2026-11-30 09:00"),
            ],
        ),
        # Shifts that touch leave nothing between them, and one that ended before counts for nothing.
        (
            [
                ("2026-11-27 08:00", "2026-11-27 17:00"),
                ("2026-11-29 00:00", "2026-11-30 09:00"),
                ("2026-11-27 17:00", "2026-11-29 00:00"),
            ],
            [],
        ),
    ],
)
def test_what_is_left_of_a_weekend(held: list[tuple[str, str]], left: list[tuple[str, str]]) -> None:
    covered = [*(span(*each) for each in held), span("2026-11-27 00:00", "2026-11-27 09:00")]
    covered.append(span("2026-11-30 17:00", "2026-12-01 00:00"))
    found = gaps(Duty.ON_CALL, covered, date(2026, 11, 27), date(2026, 11, 30))
    assert found == [span(*each) for each in left]


@pytest.mark.parametrize(
    ("day", "at", "once"),
    [
        ("2026-03-29", time(0, 59), True),
        ("2026-03-29", time(1, 0), False),  # the clocks jump over it
        ("2026-03-29", time(2, 0), True),
        ("2026-10-25", time(0, 59), True),
        ("2026-10-25", time(1, 30), False),  # it is shown twice
        ("2026-10-25", time(2, 0), True),
        ("2026-11-23", time(1, 30), True),
    ],
)
def test_a_time_the_clocks_change_over(day: str, at: time, once: bool) -> None:
    assert shown_once(date.fromisoformat(day), at) is once


@pytest.mark.parametrize(
    ("duty", "times", "words"),
    [
        (
            Duty.DESK,
            ("2026-11-30 09:00", "2026-11-30 17:00"),
            "No duty officer on Monday 30 November 2026 from 9am to 5pm",
        ),
        (
            Duty.ON_CALL,
            ("2026-11-28 18:00", "2026-11-29 00:00"),
            "No CIO or HMI on call on Saturday 28 November 2026 from 6pm to midnight",
        ),
        (
            Duty.ON_CALL,
            ("2026-11-28 18:00", "2026-11-30 09:00"),
            "No CIO or HMI on call from 6pm on Saturday 28 November 2026 to 9am on Monday 30 November 2026",
        ),
        (  # in summer the clock in London shows an hour more
            Duty.DESK,
            ("2026-07-15 08:00", "2026-07-15 16:00"),
            "No duty officer on Wednesday 15 July 2026 from 9am to 5pm",
        ),
    ],
)
def test_a_gap_in_words(duty: Duty, times: tuple[str, str], words: str) -> None:
    assert str(Gap(duty, span(*times))) == words
