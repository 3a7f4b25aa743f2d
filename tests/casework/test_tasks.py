"""What has to be done on a case: add_task and complete_task."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case, CaseTask
from casework.rules.planning import reasons_not_to_remind_on
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
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


# Reminders


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, ""),
        (date(2026, 11, 17), "after today"),
        (date(2026, 11, 18), ""),
        (date(2026, 11, 20), ""),
        (date(2026, 11, 21), "on or before the due date"),
    ],
)
def test_when_a_reminder_may_be(day: date | None, sentence: str) -> None:
    found = reasons_not_to_remind_on(day, due_on=date(2026, 11, 20), today=date(2026, 11, 17))
    assert (sentence in found[0]) if sentence else found == []


def test_a_task_reminds_once_and_is_told_overdue_once() -> None:
    case = an_assigned_case()
    due = {"due_on": date(2026, 11, 20), "remind_on": date(2026, 11, 19), "owner": case.case_owner}
    task = actions.add_task(case_id=case.pk, by=case.case_owner, now=LATER, title="Ask", **due)
    told = [actions.remind(now=LATER + timedelta(days=days)) for days in range(6)]
    assert told == [0, 0, 1, 0, 1, 0]  # 17, 18, 19 reminder, 20, 21 overdue, 22
    kinds = Notification.objects.filter(person=case.case_owner, kind__startswith="task_")
    assert sorted(kinds.values_list("kind", flat=True)) == ["task_overdue", "task_reminder"]
    task.refresh_from_db()
    assert task.reminded_at and task.overdue_told_at


def test_a_completed_task_reminds_nobody() -> None:
    case = an_assigned_case()
    due = {"due_on": date(2026, 11, 20), "remind_on": date(2026, 11, 19), "owner": case.case_owner}
    task = actions.add_task(case_id=case.pk, by=case.case_owner, now=LATER, title="Ask", **due)
    actions.complete_task(case_id=case.pk, task_id=task.pk, by=case.case_owner, now=LATER)
    assert actions.remind(now=NOON + timedelta(days=7)) == 0
