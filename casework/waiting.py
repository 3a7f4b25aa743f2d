"""What of cases waits for one person: the next actions and tasks that are theirs, and notes that mention them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Model, Q
from django.urls import reverse

from casework.lists import open_tasks_of
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.queries import mentions_of
from casework.states import State
from nexus.accounts.models import User
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import due, foremost


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Three queries."""
    if user.role not in WHO_MAY["view"]:
        return
    theirs = Q(next_action_by=user) | Q(case_owner=user, next_action_by=None)
    acts = Case.objects.visible_to(user).filter(theirs).exclude(state=State.CLOSED)
    for case in foremost(acts.select_related("referral"), "next_action_on", "pk"):
        yield _due(case.next_action, case.next_action_on, "casework:detail", case, case, now)
    for task in foremost(open_tasks_of(user), "due_on", "pk"):
        yield _due(task.title, task.due_on, "casework:tasks", task.case, task, now)
    for mention in foremost(mentions_of(user), "note__written_at", "pk"):
        case = mention.note.case
        path = reverse("casework:notes", args=[case.referral.reference])
        act = f"Read the note of {mention.note.written_by} that mentions you"
        yield WaitingItem(
            act, Urgency.UNREAD, mention.note.written_at, path, mention, case.referral.reference
        )


def _due(act: str, on: date, page: str, case: Case, row: Model, now: datetime) -> WaitingItem:
    reference = case.referral.reference
    return due(act, on, reverse(page, args=[reference]), row, now=now, reference=reference)
