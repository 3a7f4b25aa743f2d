"""The time of day of a hearing: its witnesses read it."""

import pytest
import time_machine
from django.urls import reverse

from casework.decisions.models import Hearing
from tests.builders import a_challenge, an_assigned_case
from tests.casework.decisions.test_hearings import LATER
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "when"),
    [("10.30am", "Thursday 26 November 2026, 10:30am"), ("", "Thursday 26 November 2026")],
)
def test_the_witnesses_read_the_day_and_its_time(typed: str, when: str) -> None:
    challenge = a_challenge(an_assigned_case())
    case = challenge.decision.case
    page = reverse("decisions:add_hearing", args=[case.referral.reference, challenge.pk])
    said = {"on-day": "26", "on-month": "11", "on-year": "2026", "at_time": typed, "place": "Leeds"}
    words = {"witnesses": "PC Ashdown", "shared_text": "It is listed for May by the court."}
    with time_machine.travel(LATER):
        assert signed_in(case.case_owner).post(page, {**said, **words}).status_code == 302
    hearing = Hearing.objects.get()
    assert hearing.when == when
    assert hearing.attendance and f"Hearing on {when}, Leeds." in hearing.attendance.asked


def test_a_time_that_is_none_is_refused() -> None:
    challenge = a_challenge(an_assigned_case())
    case = challenge.decision.case
    page = reverse("decisions:add_hearing", args=[case.referral.reference, challenge.pk])
    refused = signed_in(case.case_owner).post(page, {"at_time": "morning"}).text
    assert "must be a time" in refused and not Hearing.objects.exists()
