"""Who is told that a case changed hands. Called inside the actions."""

from collections.abc import Iterable
from datetime import datetime

from casework.models import Assignment, Case, CaseNote, CaseTask
from nexus.accounts.models import User
from nexus.notifications.actions import notify


def assigned(assignment: Assignment, *, now: datetime, instead_of: User | None = None) -> None:
    """The case-owner hears of their case, and whoever had it before that it has passed on."""
    case, key = assignment.case, f"assignment:{assignment.pk}"
    for kind, person in (("case_assigned", assignment.case_owner), ("case_reassigned", instead_of)):
        notify(
            event_key=key,
            kind=kind,
            to=[person],
            now=now,
            subject=case,
            url_name="casework:detail",
            url_args=[case.referral.reference],
        )


def mentioned(note: CaseNote, people: Iterable[User], *, now: datetime) -> None:
    """Those whom the writer of a note wants to read it hear that there is one; it stands on its page."""
    _tell(note.case, "mentioned", people, f"note:{note.pk}", now=now, url_name="casework:notes")


def task_due(task: CaseTask, kind: str, *, now: datetime) -> None:
    """The owner of a task is reminded of it, or told that its day has passed."""
    _tell(task.case, kind, [task.owner], f"{kind}:{task.pk}", now=now, url_name="casework:tasks")


def task_moved(task: CaseTask, *, now: datetime) -> None:
    """Who now has the task hears of it."""
    key = f"task:{task.pk}:{task.owner_id}:{now.timestamp():.0f}"
    _tell(task.case, "task_moved", [task.owner], key, now=now, url_name="casework:tasks")


def next_action_moved(case: Case, *, now: datetime) -> None:
    key = f"next:{case.pk}:{case.next_action_by_id}:{now.timestamp():.0f}"
    _tell(case, "next_action_moved", [case.next_action_by], key, now=now, url_name="casework:detail")


def _tell(
    case: Case, kind: str, to: Iterable[User | None], key: str, *, now: datetime, url_name: str
) -> None:
    notify(
        event_key=key,
        kind=kind,
        to=to,
        now=now,
        subject=case,
        url_name=url_name,
        url_args=[case.referral.reference],
    )
