"""Tasks remind their owners by themselves: on the day asked for, and once when their day has passed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casework import telling
from casework.models import CaseTask
from casework.states import State


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell each owner what is due once; answers how many tasks were told of.

    Each row is locked, so that of two workers one tells; what was told of is marked in the same transaction.
    """
    today = timezone.localdate(now)
    late = Q(due_on__lt=today, overdue_told_at=None)
    due = Q(remind_on__lte=today, due_on__gte=today, reminded_at=None)
    tasks = (
        CaseTask.objects.filter(late | due, done_at=None)
        .exclude(case__state=State.CLOSED)
        .select_related("case__referral", "owner")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    number = 0
    for task in tasks:
        overdue = task.due_on < today
        telling.task_due(task, "task_overdue" if overdue else "task_reminder", now=now)
        if overdue:
            task.overdue_told_at = now
        else:
            task.reminded_at = now
        task.save(update_fields=["overdue_told_at", "reminded_at"])
        number += 1
    return number
