"""How things are written."""

import datetime as dt

import pytest

from nexus.ui import formatting as f

SUMMER = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (f.date(dt.date(2026, 11, 14)), "14 November 2026"),
        (f.date(SUMMER), "2 July 2026"),
        (f.date(None), ""),
        (f.weekday(dt.date(2026, 11, 16)), "Monday 16 November 2026"),
        (f.month(dt.date(2026, 11, 16)), "November 2026"),
        (f.time(dt.time(6, 27)), "6:27am"),
        (f.time(dt.time(15, 0)), "3pm"),
        (f.time(dt.time(0, 0)), "midnight"),
        (f.time(dt.time(12, 0)), "midday"),
        (f.time(dt.time(0, 5)), "12:05am"),
        (f.date_and_time(SUMMER), "2 July 2026 at 12:30am"),
        (f.number(1204), "1,204"),
        (f.count(1, "referral"), "1 referral"),
        (f.count(0, "referral"), "0 referrals"),
        (f.count(2, "person", "people"), "2 people"),
        (f.working_days(5), "5 working days"),
        (f.duration(dt.timedelta(hours=29, minutes=5)), "1 day 5 hours 5 minutes"),
        (f.duration(dt.timedelta(seconds=-9)), "less than a minute"),
        (f.yesno(False), "No"),
        (f.yesno("not_known"), "Not known"),
        (f.default_text(0), 0),
        (f.default_text(False), False),
        (f.default_text(""), "Not provided"),
        (f.in_words(SUMMER), "2 July 2026 at 12:30am"),
        (f.in_words(True), "Yes"),
    ],
)
def test_written(got: object, want: object) -> None:
    assert got == want
