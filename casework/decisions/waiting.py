"""What of decisions waits for one person: drafts to finish, to review, to make and to serve, and days in court."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from casework.decisions.models import Decision, DecisionChange
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import HEARINGS_AHEAD, hearings_to_come, to_review
from casework.decisions.states import REVIEW, State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import Urgency, WaitingItem
from nexus.waiting import due, foremost
from nexus.working_days import add_working_days

OWN_DECISION_ACTS = {
    State.DRAFT: "Finish the draft decision",
    State.REVIEWED: "Make the decision: its draft is reviewed",
    State.DECIDED: "Serve the decision and record it",
}
RETURNED = "Read why your draft decision was returned"


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """Three queries at most."""
    if user.role == Role.CASE_OWNER:
        yield from _own(user)
        yield from _hearings(user, now)
    if WHO_MAY.may("view_reviews", user):
        for decision in foremost(to_review(user), "submitted_at", "pk"):
            by = add_working_days(decision.submitted_at or now, REVIEW.limit)
            yield due(
                "Review the draft decision", by, _path(decision), decision, now=now, reference=_of(decision)
            )


def _own(user: User) -> Iterator[WaitingItem]:
    """Of one's own cases: returned where the last that happened is a return, else what its state asks."""
    last = DecisionChange.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    found = Decision.objects.visible_to(user).filter(
        state__in=OWN_DECISION_ACTS, case__outcome="", case__case_owner=user
    )
    rows = found.annotate(
        last_verb=Subquery(last.values("verb")[:1]), last_at=Subquery(last.values("at")[:1])
    )
    for decision in foremost(rows.select_related("case__referral"), "last_at", "pk"):
        returned = decision.state == State.DRAFT and decision.last_verb == "return_draft"
        act = RETURNED if returned else OWN_DECISION_ACTS[State(decision.state)]
        urgency = Urgency.RETURNED if returned else Urgency.HELD
        if decision.state == State.REVIEWED:
            urgency = Urgency.ANSWERED
        since = decision.last_at or decision.drafted_at
        yield WaitingItem(act, urgency, since, _path(decision), decision, _of(decision))


def _hearings(user: User, now: datetime) -> Iterator[WaitingItem]:
    today = timezone.localdate(now)
    soon = hearings_to_come(user).filter(on__lte=today + timedelta(days=HEARINGS_AHEAD))
    for hearing in foremost(soon, "on", "pk"):
        decision = hearing.challenge.decision
        act = "Record the result of the hearing" if hearing.on < today else "Prepare for the hearing"
        yield due(act, hearing.on, _path(decision), hearing, now=now, reference=_of(decision))


def _of(decision: Decision) -> str:
    return str(decision.case.referral.reference)


def _path(decision: Decision) -> str:
    return reverse("decisions:detail", args=[_of(decision)])
