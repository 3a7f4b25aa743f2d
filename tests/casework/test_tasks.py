"""What has to be done on a case: add_task and complete_task."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case, CaseTask
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def add(case: Case, **values: object) -> CaseTask:
    defaults = {
        "by": case.case_owner,
        "title": "Ask for it",
        "owner": case.case_owner,
        "due_on": LATER.date(),
    }
    return actions.add_task(case_id=case.pk, now=LATER, **{**defaults, **values})


def complete(task: CaseTask, **values: object) -> CaseTask:
    return actions.complete_task(
        **{"case_id": task.case_id, "task_id": task.pk, "by": task.owner, "now": LATER, **values}
    )


def test_a_task_is_added_and_completed() -> None:
    case = an_assigned_case()
    task = add(case)
    assert (task.title, task.owner, task.due_on, task.done_at) == (
        "Ask for it",
        case.case_owner,
        LATER.date(),
        None,
    )
    task = complete(task)
    assert (task.done_by, task.done_at) == (case.case_owner, LATER)
    assert Case.objects.get(pk=case.pk).last_progress_at == LATER


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " "}, "Enter the task"),
        ({"due_on": NOON.date()}, "The date of the task must be today or later"),
    ],
)
def test_each_reason(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add(an_assigned_case(), **values)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.REFERRALS_OFFICER, Role.CIO_HMI])
def test_a_task_goes_to_somebody_who_can_complete_it(role: Role) -> None:
    with pytest.raises(Refused, match="cannot complete tasks"):
        add(an_assigned_case(), owner=a_user(role))


def test_not_on_a_closed_case() -> None:
    with pytest.raises(Refused, match="a task cannot be added"):
        add(a_case_in("closed"))


def test_another_case_owner_adds_none_but_completes_their_own() -> None:
    case, other = an_assigned_case(), a_user(Role.CASE_OWNER)
    with pytest.raises(Refused, match="is the case-owner"):
        add(case, by=other)
    mine, theirs = add(case), add(case, owner=other)
    with pytest.raises(Refused, match="is the case-owner"):
        complete(mine, by=other)
    assert complete(theirs).done_by == other


def test_a_task_is_completed_once() -> None:
    task = complete(add(an_assigned_case()))
    with pytest.raises(Refused, match="has completed this task already"):
        complete(task)


def test_a_task_of_another_case_is_not_found() -> None:
    task, other = add(an_assigned_case()), an_assigned_case()
    with pytest.raises(CaseTask.DoesNotExist):
        complete(task, case_id=other.pk)


@pytest.mark.parametrize("role", [Role.SPECIALIST_APPEALS, Role.REFERRALS_OFFICER, Role.POLICE_OFFICER])
def test_who_may_not(role: Role) -> None:
    task = add(an_assigned_case())
    for attempt in (lambda: add(task.case, by=a_user(role)), lambda: complete(task, by=a_user(role))):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            attempt()


def test_both_are_recorded() -> None:
    task = complete(add(an_assigned_case()))
    assert AuditEvent.objects.get(kind="case.task_added").detail == {"task": task.pk, "owner": task.owner_id}
    assert AuditEvent.objects.get(kind="case.task_completed").detail == {"task": task.pk}
