"""A case-owner is away: a manager records the days, and moves what cannot wait to named others.

Nothing moves by itself: an absence informs, a manager decides what goes to whom, with a reason.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework import telling
from casework.actions.owners import reasons_not_to_reassign_to, reassign
from casework.actions.steps import lock, save
from casework.models import Absence, Case, CaseTask
from casework.permissions import ABSENCES, LEAVES
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if, wordless


def reasons_not_this_absence(person: User, first_day: date, last_day: date, today: date) -> list[str]:
    reasons = (
        []
        if person.role in LEAVES
        else [f"{person} is not a referrals officer, case-owner or Senior Caseworker."]
    )
    if last_day < first_day:
        reasons.append("The last day must be on or after the first day.")
    if last_day < today:
        reasons.append("The last day must be today or later.")
    overlapping = person.absences.filter(cancelled_at=None, first_day__lte=last_day, last_day__gte=first_day)
    if not reasons and overlapping.exists():
        reasons.append(f"An absence for {person} is already recorded on some of these days.")
    return reasons


@transaction.atomic
def record_absence(*, by: User, now: datetime, person: User, first_day: date, last_day: date) -> Absence:
    """Record the days on which somebody is away. Raises Refused, and PermissionDenied."""
    ABSENCES.permit("record_absence", by)
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_if(reasons_not_this_absence(person, first_day, last_day, timezone.localdate(now)))
    absence = Absence.objects.create(
        person=person, first_day=first_day, last_day=last_day, recorded_by=by, recorded_at=now
    )
    record(kind="absence.recorded", by=by, subject=absence, now=now, detail={"person": person.pk})
    return absence


@transaction.atomic
def cancel_absence(*, absence_id: int, by: User, now: datetime) -> Absence:
    """They are there after all, or back early. What was moved stays where it is. Raises Refused."""
    ABSENCES.permit("cancel_absence", by)
    absence = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence_id)
    refuse_if(["This absence has already been cancelled."] if absence.cancelled_at else [])
    absence.cancelled_by, absence.cancelled_at = by, now
    absence.save()
    record(kind="absence.cancelled", by=by, subject=absence, now=now, detail={"person": absence.person_id})
    return absence


def reasons_not_to_take_over(to: User, *, of: User, cases: bool) -> list[str]:
    """Whoever stands in is an accredited case-owner; a Senior Caseworker's tasks may go to another one."""
    if to == of:
        return [f"{to} already has it. Choose somebody else."]
    if {to.role, of.role} == {Role.SENIOR_CASEWORKER} and to.is_active and not cases:
        return []
    return reasons_not_to_reassign_to(to)


def reasons_not_to_move(
    *, cases: Sequence[Case], next_actions: Sequence[Case], tasks: Sequence[CaseTask], to: User, of: User
) -> list[str]:
    """Why this work may not go to that person, for the preview and for the act."""
    reasons = reasons_not_to_take_over(to, of=of, cases=bool(cases))
    if not any((cases, next_actions, tasks)):
        reasons.append("Select at least one case, next action or task.")
    return reasons


@transaction.atomic
def move_work(
    *,
    by: User,
    now: datetime,
    of: User,
    to: User,
    reason: str,
    cases: Iterable[int] = (),
    next_actions: Iterable[int] = (),
    tasks: Iterable[int] = (),
) -> int:
    """Give the chosen cases, next actions and tasks of one person to another; all of it or nothing.

    Only what is still `of`'s is moved: of something that has moved since, nothing is moved and the sentence
    says so. A case takes its own tasks and next action with it. Answers how many. Raises Refused.
    """
    ABSENCES.permit("move_work", by)
    chosen = list(Case.objects.visible_to(by).filter(pk__in=list(cases)).order_by("pk"))
    planned = list(Case.objects.visible_to(by).filter(pk__in=list(next_actions)).order_by("pk"))
    open_tasks = list(CaseTask.objects.filter(pk__in=list(tasks), done_at=None).order_by("case_id", "pk"))
    refuse_if(
        reasons_not_to_move(cases=chosen, next_actions=planned, tasks=open_tasks, to=to, of=of)
        + wordless(reason, "Enter why the work is moved.")
    )
    for case in chosen:
        move_case(case.pk, by=by, now=now, of=of, to=to, reason=reason)
    for case in planned:
        move_next_action(case.pk, by=by, now=now, of=of, to=to, reason=reason)
    for task in open_tasks:
        move_task(task, by=by, now=now, of=of, to=to, reason=reason)
    return len(chosen) + len(planned) + len(open_tasks)


def move_case(case_id: int, *, by: User, now: datetime, of: User, to: User, reason: str) -> None:
    case = lock(case_id, by=by, verb="reassign")
    if case.case_owner_id != of.pk:
        raise Refused([f"{case} no longer belongs to {of}. Check again what they have."])
    reassign(case_id=case_id, by=by, now=now, case_owner=to, reason=reason)


def move_next_action(case_id: int, *, by: User, now: datetime, of: User, to: User, reason: str) -> None:
    case = lock(case_id, by=by, verb="plan")
    if case.next_action_by_id == to.pk:
        return  # it came with its case
    if case.next_action_by_id != of.pk:
        raise Refused([f"The next action on {case} no longer belongs to {of}. Check again what they have."])
    case.next_action_by = to
    detail = {"from": of.pk, "next_action_by": to.pk}
    save(case, done="next_action_moved", by=by, now=now, reason=reason, detail=detail)
    telling.next_action_moved(case, now=now)


def move_task(task: CaseTask, *, by: User, now: datetime, of: User, to: User, reason: str) -> None:
    case = lock(task.case_id, by=by, verb="add_task")
    task = CaseTask.objects.select_for_update(of=("self",)).select_related("case__referral").get(pk=task.pk)
    if task.owner_id == to.pk:
        return  # it came with its case
    if task.owner_id != of.pk or task.done_at:
        raise Refused([f"A task on {case} no longer belongs to {of}. Check again what they have."])
    task.owner = to
    task.save()
    detail = {"task": task.pk, "from": of.pk, "owner": to.pk}
    save(case, done="task_moved", by=by, now=now, reason=reason, detail=detail)
    telling.task_moved(task, now=now)
