"""The dates a report covers, in London."""

from datetime import UTC, date, datetime

import pytest

from casework.reports.periods import (
    Period,
    month_of,
    previous_month,
    reasons_not_to_cover,
    this_month_so_far,
)


def test_months() -> None:
    assert month_of(date(2024, 2, 11)) == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert month_of(date(2026, 12, 31)) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert previous_month(date(2027, 1, 31)) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert this_month_so_far(date(2026, 11, 17)) == Period(date(2026, 11, 1), date(2026, 11, 17))


def test_a_period_runs_from_midnight_to_midnight_in_london() -> None:
    october = month_of(date(2026, 10, 5))  # summer time ends in it
    assert october.start == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert october.end == datetime(2026, 11, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (month_of(date(2026, 10, 1)), "October 2026"),
        (Period(date(2026, 11, 1), date(2026, 11, 17)), "1 November 2026 to 17 November 2026"),
        (Period(date(2026, 11, 3), date(2026, 11, 3)), "3 November 2026"),
    ],
)
def test_it_is_written_as_people_say_it(period: Period, words: str) -> None:
    assert str(period) == words


def test_today_may_be_covered_tomorrow_not() -> None:
    today = date(2026, 11, 17)
    assert reasons_not_to_cover(Period(today, today), today) == []
    assert reasons_not_to_cover(Period(today, date(2026, 11, 18)), today) != []
