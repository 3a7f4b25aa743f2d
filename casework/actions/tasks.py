"""What has to be done on a case, by whom and by when."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, reasons_of_state, save
from casework.models import Case, CaseTask
from casework.permissions import WHO_MAY
from casework.rules.planning import reasons_not_to_plan_for, reasons_not_to_remind_on
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_to_give_task_to(owner: User) -> list[str]:
    """Whoever has a task must be able to complete it."""
    if owner.is_active and WHO_MAY.may("complete_task", owner):
        return []
    return [f"{owner} cannot complete tasks. Choose a case-owner, a Senior Caseworker or a manager."]


@transaction.atomic
def add_task(
    *,
    case_id: int,
    by: User,
    now: datetime,
    title: str,
    owner: User,
    due_on: date,
    remind_on: date | None = None,
) -> CaseTask:
    """Add a task with an owner, a date and perhaps a day to be reminded on. Raises Refused."""
    case = lock(case_id, by=by, verb="add_task")
    refuse_if(
        reasons_not_to("add_task", case, by)
        or blank(title, "Enter the task.")
        + reasons_not_to_plan_for(due_on, today=timezone.localdate(now), what="task")
        + reasons_not_to_remind_on(remind_on, due_on=due_on, today=timezone.localdate(now))
        + reasons_not_to_give_task_to(owner)
    )
    task = CaseTask.objects.create(
        case=case,
        title=title,
        owner=owner,
        due_on=due_on,
        remind_on=remind_on,
        added_by=by,
        added_at=now,
    )
    save(case, done="task_added", by=by, now=now, detail={"task": task.pk, "owner": owner.pk})
    return task


def reasons_not_to_complete(case: Case, task: CaseTask, by: User) -> list[str]:
    """Its own owner may complete a task on anybody's case."""
    if task.done_at:
        return [f"{task.done_by} has completed this task already."]
    if task.owner_id == by.pk:
        return reasons_of_state("complete_task", case)
    return reasons_not_to("complete_task", case, by)


@transaction.atomic
def complete_task(*, case_id: int, task_id: int, by: User, now: datetime) -> CaseTask:
    """Tick a task off. Raises CaseTask.DoesNotExist when it is not this case's, and Refused."""
    case = lock(case_id, by=by, verb="complete_task")
    task = CaseTask.objects.select_related("done_by").get(pk=task_id, case=case)
    refuse_if(reasons_not_to_complete(case, task, by))
    task.done_by, task.done_at = by, now
    task.save()
    save(case, done="task_completed", by=by, now=now, is_progress=True, detail={"task": task.pk})
    return task
