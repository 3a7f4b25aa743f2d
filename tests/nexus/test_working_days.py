"""Working days across weekends, bank holidays, Christmas substitutes and the clock changes."""

from datetime import UTC, date, datetime

import pytest

from nexus.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),  # Boxing Day is a Saturday
        (date(2026, 12, 28), False),  # so its substitute is the Monday
        (date(2026, 12, 29), True),
    ],
)
def test_is_working_day(day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        # 23:30 UTC on a summer Thursday is already Friday in London.
        (datetime(2026, 7, 16, 23, 30, tzinfo=UTC), 1, date(2026, 7, 20)),
        # The clocks change on 29 March and 25 October 2026.
        (datetime(2026, 3, 27, 12, 0, tzinfo=UTC), 1, date(2026, 3, 30)),
        (datetime(2026, 10, 23, 12, 0, tzinfo=UTC), 1, date(2026, 10, 26)),
    ],
)
def test_add_working_days(start: date, days: int, expected: date) -> None:
    assert add_working_days(start, days) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 23), date(2026, 11, 20), 0),
        (date(2026, 12, 24), date(2026, 12, 30), 2),
    ],
)
def test_working_days_between(start: date, end: date, expected: int) -> None:
    assert working_days_between(start, end) == expected
