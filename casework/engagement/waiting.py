"""What of operations waits for one person: what came back, what is to be decided, and what has to be written up."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from casework.engagement.lists import blocked, to_write_up
from casework.engagement.models import Engagement
from casework.engagement.states import DECIDED_ON, State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import due, foremost

CIO_ACTS = {
    State.REQUESTED: "Quality-assure the request",
    State.QUALITY_ASSURED: "Assess the risk of the operation",
    State.RISK_ASSESSED: "Authorise or refuse the operation",
    State.AUTHORISED: "Task the authorised operation",
    State.STOPPED: "The operation is stopped: decide what follows",
    State.DECLINED: "The force declined the operation: decide what follows",
}
REQUESTER_ACTS = {
    State.RETURNED: "Read why the operation was returned, and change it",
    State.DRAFT: "Finish the request for an operation and send it",
    State.AUTHORISED: "Task the authorised operation",
    State.STOPPED: "The operation is stopped: decide what follows",
    State.DECLINED: "The force declined the operation: decide what follows",
}
CAME_BACK = {
    State.RETURNED: Urgency.RETURNED,
    State.STOPPED: Urgency.RETURNED,
    State.DECLINED: Urgency.ANSWERED,
}
# The window that begins first; a draft without one comes last.
BY_WINDOW = ("window_starts_at", "pk")
LOOK_AT_TRAFFICKING = "Record the outcome of the trafficking indicator: the operation is stopped"


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Two queries at most."""
    seen = (
        Engagement.objects.visible_to(user)
        .select_related("case__referral")
        .annotate(last_at=Max("changes__at"))
    )
    if user.role == Role.CIO_HMI:
        for operation in foremost(seen.filter(state__in=CIO_ACTS), *BY_WINDOW):
            yield _item(operation, CIO_ACTS[State(operation.state)], now)
        for operation in foremost(seen.filter(to_write_up()), "write_up_due_at", "pk"):
            act, by = "Write up the verbal authorisation", operation.write_up_due_at
            if by:
                yield _late(operation, act, by, now)
    elif user.role == Role.CASE_OWNER:
        own = seen.filter(state__in=REQUESTER_ACTS, case__case_owner=user)
        for operation in foremost(own, *BY_WINDOW):
            yield _item(operation, REQUESTER_ACTS[State(operation.state)], now)
    elif user.role == Role.SENIOR_CASEWORKER:
        stopped = blocked(Engagement.objects.visible_to(user).filter(state__in=DECIDED_ON)).values("pk")
        for operation in foremost(seen.filter(pk__in=stopped), "last_at", "pk"):
            yield WaitingItem(LOOK_AT_TRAFFICKING, Urgency.RETURNED, _since(operation), *_about(operation))


def _item(operation: Engagement, act: str, now: datetime) -> WaitingItem:
    """By the day its window begins, unless it came back."""
    urgency, starts = CAME_BACK.get(State(operation.state)), operation.window_starts_at
    words = f"{act}: {operation.get_kind_display().lower()}"
    if urgency or starts is None:
        return WaitingItem(words, urgency or Urgency.HELD, _since(operation), *_about(operation))
    path, row, reference = _about(operation)
    return due(words, timezone.localdate(starts), path, row, now=now, reference=reference)


def _late(operation: Engagement, act: str, by: datetime, now: datetime) -> WaitingItem:
    urgency = Urgency.OVERDUE if by <= now else Urgency.TODAY
    return WaitingItem(act, urgency, by, *_about(operation))


def _since(operation: Engagement) -> datetime:
    return operation.last_at or operation.started_at  # type: ignore[attr-defined]


def _about(operation: Engagement) -> tuple[str, Engagement, str]:
    return reverse("engagement:detail", args=[operation.pk]), operation, operation.case.referral.reference
