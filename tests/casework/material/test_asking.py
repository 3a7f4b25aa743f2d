"""What is asked of the force: the summary first, the review of it, then the statement."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from casework.material import actions
from casework.material.models import Ask, Material
from casework.material.states import State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import a_force, a_user, with_outcome
from tests.casework.material.builders import (
    DUE,
    GIVEN,
    NOW,
    by_owner,
    commissioned,
    do,
    fresh,
    officer_of,
    owner_of,
    refusal,
    requested,
    reviewed,
    summarised,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "Enter what the material is about."),
        ({"what": ""}, "Enter what the summary should cover."),
        ({"why": ""}, "Enter why the summary is asked for."),
        ({"due_on": NOW.date().replace(day=1)}, "The date of the summary must be today or later."),
        ({"fit_for_force": None}, "Confirm that what the force reads holds no legal advice"),
    ],
)
def test_a_request_says_what_why_and_when_and_is_fit_for_the_force(changed: Any, sentence: str) -> None:
    assert sentence in refusal(lambda: requested(**changed))


def test_nothing_is_asked_of_a_case_nobody_works_or_that_has_ended() -> None:
    material = summarised()
    with_outcome(material.case)
    assert "you cannot ask for material" in refusal(lambda: requested(case=fresh(material).case))
    assert "has an outcome" in refusal(lambda: do("return_summary", material, owner_of(material)))
    message = {"material_id": material.pk, "now": NOW, "text": "Hello"}
    assert "has an outcome" in refusal(lambda: actions.write_message(by=officer_of(material), **message))


def test_an_ended_case_asks_nothing_of_the_force() -> None:
    material = requested()
    assert Ask.objects.visible_to(officer_of(material)).open().count() == 1
    with_outcome(material.case)
    assert not Ask.objects.open().exists()
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    assert "has an outcome" in refusal(lambda: actions.supply(**one))


@pytest.mark.parametrize("make", [requested, summarised, lambda: reviewed(relevant=False)])
def test_a_statement_waits_for_a_reviewed_summary_unless_a_senior_overrides(make: Any) -> None:
    material = make()
    owner, senior = owner_of(material), a_user(Role.SENIOR_CASEWORKER)
    assert "Review a summary first" in refusal(lambda: do("commission", material, owner))
    reason = {"override_reason": "A trial is listed next week."}
    assert "Only a Senior Caseworker" in refusal(lambda: do("commission", material, owner, **reason))
    assert "Enter why the statement is commissioned" in refusal(lambda: do("commission", material, senior))
    done = do("commission", material, senior, **reason)
    assert (done.state, done.override_reason) == (State.COMMISSIONED, reason["override_reason"])
    assert AuditEvent.objects.get(kind="material.commissioned").reason == reason["override_reason"]
    assert Ask.objects.filter(material=material, closed_at=None).get().kind == "statement"
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(override_reason="")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"relevant": None}, "Select whether the material is relevant"),
        ({"applicable": None}, "Select whether the material is applicable"),
        ({"reasons": ""}, "Enter the reasons of the review."),
    ],
)
def test_a_review_answers_both_questions_with_reasons(changed: Any, sentence: str) -> None:
    material = summarised()
    assert sentence in refusal(lambda: do("review_summary", material, owner_of(material), **changed))


def test_both_sides_write_in_one_thread() -> None:
    material = commissioned()
    one = {"material_id": material.pk, "now": NOW}
    assert "Enter your message." in refusal(
        lambda: actions.write_message(**one, by=owner_of(material), text=" ")
    )
    actions.write_message(**one, by=owner_of(material), text="Which incidents?")
    actions.write_message(**one, by=officer_of(material), text="Those of March.")
    assert [message.from_force for message in material.messages.all()] == [False, True]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE material_message SET text = ''")


# More time.


def test_the_force_is_given_more_time_and_reminded_again() -> None:
    material = requested()
    soon = NOW + timedelta(days=12)
    assert actions.remind(now=soon) == 1
    later = by_owner("give_more_time", material).asks.get()
    assert (later.due_on, later.reminded_at) == (GIVEN["give_more_time"]["due_on"], None)
    assert "7 December 2026" in material.messages.get().text and not material.messages.get().from_force
    told = AuditEvent.objects.get(kind="material.more_time_given")
    assert told.recipient == material.case.referral.force.name and told.detail["from"] == "2026-11-30"
    assert actions.remind(now=soon + timedelta(days=7)) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": DUE}, "The new date must be after 30 November 2026."),
        ({"text": " "}, "Enter what the force needs to know."),
    ],
)
def test_more_time_is_a_later_day_and_says_why(changed: Any, sentence: str) -> None:
    material = requested()
    assert sentence in refusal(lambda: do("give_more_time", material, owner_of(material), **changed))


def test_more_time_is_given_by_whose_case_it_is_while_something_is_asked() -> None:
    material = summarised()
    assert "Your force is no longer asked" in refusal(
        lambda: do("give_more_time", material, owner_of(material))
    )
    asked, other = requested(), a_user(Role.CASE_OWNER)
    assert "is the case-owner" in refusal(lambda: do("give_more_time", asked, other))
    with pytest.raises(PermissionDenied):
        do("give_more_time", asked, officer_of(asked))
    with pytest.raises(Material.DoesNotExist):
        do("give_more_time", asked, a_user(Role.FORCE_LEAD, force=a_force("06")))
