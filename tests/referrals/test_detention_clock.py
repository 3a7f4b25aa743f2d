"""The detention clock as a force enters it: in UK time, and no clock that cannot be."""

from datetime import UTC, datetime

import pytest

from tests.builders import a_complete_draft
from tests.referrals.station import again, path, signed_in, words

pytestmark = pytest.mark.django_db


CUSTODY = {
    "custody_reference": "CU/1",
    "custody_clock_started_at-day": "10",
    "custody_clock_started_at-month": "7",
    "custody_clock_started_at-year": "2026",
    "held_under": "immigration",
}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("6:27am", "05:27"),
        ("6.27pm", "17:27"),
        ("18:27", "17:27"),
        ("1827", "17:27"),
        ("12am", "23:00"),
        ("midday", "11:00"),
    ],
)
def test_the_detention_clock_is_uk_time(typed: str, stored: str) -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, in_custody=True)
    assert (
        client.post(
            path("section", referral, "custody"), {**CUSTODY, "custody_clock_time": typed}
        ).status_code
        == 302
    )
    started = again(referral).custody_clock_started_at
    assert started is not None and f"{started.astimezone(UTC):%H:%M}" == stored


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"custody_clock_time": "25:00"}, "Enter a time like 6:27am or 18:27"),
        ({"custody_clock_time": "13pm"}, "Enter a time like"),
        ({"custody_clock_time": "6"}, "Enter a time like"),
        ({"custody_clock_time": "１８:２７"}, "Enter a time like"),
        ({}, "Enter the time the detention clock started as well"),
        ({"custody_clock_started_at-day": "", "custody_clock_started_at-month": "",
          "custody_clock_started_at-year": "", "custody_clock_time": "18:27"}, "Enter the date"),
        ({"custody_clock_started_at-month": "3", "custody_clock_started_at-day": "29",
          "custody_clock_time": "1:30am"}, "The clocks went forward"),
        ({"custody_clock_started_at-year": "2099", "custody_clock_time": "1:30am"}, "in the past"),
        ({"custody_reference": "x" * 31, "custody_clock_time": "1:30am"}, "30 characters or fewer"),
    ],
)  # fmt: skip
def test_a_detention_clock_that_cannot_be(changes: dict[str, str], sentence: str) -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, in_custody=True)
    page = words(client.post(path("section", referral, "custody"), {**CUSTODY, **changes}))
    assert sentence in page
    if "custody_reference" not in changes:
        assert again(referral).custody_clock_started_at is None


def test_an_hour_that_comes_twice_is_the_first() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, in_custody=True)
    sent = {**CUSTODY, "custody_clock_started_at-day": "25", "custody_clock_started_at-month": "10",
            "custody_clock_time": "1:30am"}  # fmt: skip
    client.post(path("section", referral, "custody"), sent)
    assert again(referral).custody_clock_started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
