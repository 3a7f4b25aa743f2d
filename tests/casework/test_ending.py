"""How a case ends on its pages: the outcome is checked first, and nothing is left to do."""

import pytest

from casework import actions
from casework.models import Case
from tests.builders import NOON, a_case_in, an_assigned_case
from tests.casework.desk import address, signed_in, today, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_week_after")]
OUTCOME = {"outcome": "not_pursued", "reasons": "The material was withdrawn."}


def test_the_outcome_is_checked_before_it_is_recorded() -> None:
    case = an_assigned_case()
    client, where = signed_in(case.case_owner), address("record_outcome", case)
    answers = {**OUTCOME, **typed("outcome_on", today())}
    assert client.get(where).status_code == 200
    checked = client.post(where, answers).content.decode()
    assert "Check the outcome" in checked
    assert "West Midlands Police is told the outcome" in checked
    assert Case.objects.get(pk=case.pk).state == "assigned", "nothing has happened yet"
    changed = client.post(where, {**answers, "step": "change"}).content.decode()
    assert "The material was withdrawn." in changed
    assert Case.objects.get(pk=case.pk).state == "assigned"
    client.post(where, {**answers, "step": "confirm"})
    assert Case.objects.get(pk=case.pk).outcome == "not_pursued"
    assert client.get(where).status_code == 409


def test_removal_is_refused_before_the_confirm_page_while_a_barrier_is_open() -> None:
    case = an_assigned_case()
    actions.record_barrier(
        case_id=case.pk, by=case.case_owner, now=NOON, kind="injunction", since=NOON.date(), details="Order."
    )
    client, where = signed_in(case.case_owner), address("record_outcome", case)
    for step in ("", "confirm"):
        answer = client.post(
            where, {**OUTCOME, "outcome": "removed", "step": step, **typed("outcome_on", today())}
        )
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "“Removed” cannot be recorded while this stands." in text
        assert "Injunction since 16 November 2026" in text
        assert "The material was withdrawn." in text


def test_closing_lists_the_open_tasks() -> None:
    case = a_case_in("outcome")
    actions.add_task(
        case_id=case.pk,
        by=case.case_owner,
        now=NOON,
        title="Tell CPS",
        owner=case.case_owner,
        due_on=NOON.date(),
    )
    client, where = signed_in(case.case_owner), address("close", case)
    for answer in (client.get(where), client.post(where)):
        assert answer.status_code == 409
        assert "The task “Tell CPS” is still open" in answer.content.decode()
    task = case.tasks.get()
    actions.complete_task(case_id=case.pk, task_id=task.pk, by=case.case_owner, now=NOON)
    assert client.get(where).status_code == 200
    assert "The case is closed" in client.post(where, follow=True).content.decode()
    assert Case.objects.get(pk=case.pk).state == "closed"
