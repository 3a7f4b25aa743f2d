"""What the force reads of its case: what was shared, and the outcome with its reasons. Nothing else."""

from datetime import timedelta

import pytest

from casework import actions
from casework.queries import asked_of_force, shared_progress
from nexus.parts import the_one
from referrals.following import following
from referrals.parts import referral_parts
from tests.builders import NOON, a_submitted, an_assigned_case, progress, with_outcome

pytestmark = pytest.mark.django_db


def test_it_is_what_the_police_page_asks_for() -> None:
    assert the_one(part.shared_progress for part in referral_parts()) is shared_progress


def test_a_referral_without_a_case_has_no_progress() -> None:
    assert shared_progress(referral=a_submitted()) == []


def test_only_what_was_shared() -> None:
    case = an_assigned_case()
    progress(case, text="The summary came.")
    progress(case, text="Counsel advised.", shared_with_force=False)
    actions.add_note(case_id=case.pk, by=case.case_owner, now=NOON, text="A working note.")
    assert [item.text for item in shared_progress(referral=case.referral)] == ["The summary came."]


def test_the_outcome_comes_with_its_reasons() -> None:
    case = an_assigned_case()
    with_outcome(case)
    (told,) = shared_progress(referral=case.referral)
    assert (told.title, told.on) == ("Not pursued", NOON.date())
    assert told.text == "The evidence no longer supports removal."


def test_the_force_is_told_the_latest_stage_that_was_shared() -> None:
    case = an_assigned_case()
    assert following(case.referral).stage == "Accepted"
    progress(case, text="Counsel advised.", shared_with_force=False)
    assert following(case.referral).stage == "Accepted"
    told = progress(case, text="The summary came.")
    assert following(case.referral).stage == f"Accepted: {told.get_kind_display()}"


def test_each_shared_event_replaces_what_was_asked() -> None:
    case = an_assigned_case()
    hours = [NOON + timedelta(hours=hour) for hour in (3, 4, 5)]
    progress(case, asked_of_force="Send the summary.", now=hours[0])
    progress(case, text="Internal.", shared_with_force=False, now=hours[1])
    assert asked_of_force(case).asked_of_force == "Send the summary."
    progress(case, asked_of_force="Send the statement.", now=hours[1])
    asked = [item.asked_of_force for item in shared_progress(referral=case.referral)]
    assert sorted(asked) == ["", "Send the statement."]
    progress(case, text="It came.", now=hours[2])
    assert asked_of_force(case) is None


def test_nothing_is_asked_on_a_case_with_an_outcome() -> None:
    case = an_assigned_case()
    progress(case, asked_of_force="Send the summary.")
    assert asked_of_force(with_outcome(case)) is None
