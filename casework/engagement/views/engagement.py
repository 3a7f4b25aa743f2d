"""One engagement: for the Home Office whole, inside its case; for the force what it needs."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.engagement import lists
from casework.engagement.actions.force import reasons_not_to_end
from casework.engagement.actions.steps import reasons_not_to
from casework.engagement.actions.stop import reasons_not_to_look_again
from casework.engagement.actions.task import reasons_not_to_task
from casework.engagement.actions.write import reasons_not_to_start
from casework.engagement.exact_text import risks_of
from casework.engagement.lists import OPERATIONS
from casework.engagement.models import Engagement
from casework.engagement.permissions import WHO_MAY
from casework.engagement.queries import (
    changes_of,
    disclosed_to_force,
    gaps_of,
    points_to_look_at,
    reasons_trafficking_blocks,
    standing_authorisation,
    when,
)
from casework.engagement.rules.risks import READ_BY_FORCE, Question
from casework.engagement.states import BEFORE_TASKING, WITH_FORCE, WRITTEN, State
from casework.engagement.timeline import history
from casework.engagement.wording import linked, offered, sections
from casework.lists import CASES
from casework.trafficking import trafficking_of
from casework.views.frame import show
from nexus.accounts.models import User
from nexus.requests import SignedInRequest


@require_GET
def detail(request: SignedInRequest, engagement_id: int) -> HttpResponse:
    """Everything about it, and what this person may do now."""
    engagement = OPERATIONS.open(request.user, "view", engagement_id=engagement_id)
    OPERATIONS.viewed(request.user, engagement, page="detail")
    if not WHO_MAY.may("view_inside", request.user):
        return for_force(request, engagement)
    return inside(
        request, engagement, "casework/engagement/detail", **whole(engagement, request.user, timezone.now())
    )


def inside(
    request: SignedInRequest, engagement: Engagement, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about it in the frame of its case."""
    case = CASES.open(request.user, "view", reference=engagement.case.referral.reference)
    context = {"engagement": engagement, **context}
    return show(request, case, "operations", template, status=status, **context)


# How an operation that the force had accepted ends.
ENDS = {"execute", "abort"}


def open_to(engagement: Engagement, by: User) -> set[str]:
    """The verbs of the person's role that its state and owner allow; the page of each says what else it needs."""
    inner = [verb for verb in WHO_MAY if not verb.startswith("view") and verb not in ("start", "log_verbal")]
    verbs = {verb for verb in inner if WHO_MAY.may(verb, by) and not reasons_not_to(verb, engagement, by)}
    verbs -= {verb for verb in verbs & ENDS if reasons_not_to_end(verb, engagement, by)}
    return verbs if trafficking_of(engagement.case).standing else verbs - {"record_trafficking"}


def whole(engagement: Engagement, by: User, now: datetime) -> dict[str, Any]:
    """What the Home Office's page shows."""
    risks = risks_of(engagement)
    standing = standing_authorisation(engagement)
    verbs = open_to(engagement, by)
    being_written = engagement.state in WRITTEN or engagement.to_write_up
    to_decide = engagement.to_write_up or engagement.state in (*BEFORE_TASKING, State.STOPPED)
    missing = gaps_of(engagement, now=now) if being_written else []
    has_expired = bool(standing and standing.expires_at <= now)
    against_tasking = (
        reasons_not_to_task(engagement, by, now=now) if engagement.state == State.AUTHORISED else []
    )
    against_looking = (
        reasons_not_to_look_again(engagement, by, now=now) if engagement.state == State.STOPPED else []
    )
    refused = [*(["task"] if against_tasking else []), *(["look_again"] if against_looking else [])]
    return {
        "verbs": verbs,
        "offered": offered(verbs, missing=bool(missing), refused=refused),
        "sections": sections(engagement, missing, verbs) if being_written else [],
        "gaps": linked(engagement, missing, verbs),
        "when": when(engagement),
        "questions": [(question, risks.get(question), question in READ_BY_FORCE) for question in Question],
        "points": points_to_look_at(engagement) if to_decide else [],
        "recalls": reasons_trafficking_blocks(engagement) if engagement.state in WITH_FORCE else [],
        "stopped": engagement.changes.filter(verb="stop").select_related("by").last()
        if engagement.state == State.STOPPED
        else None,
        "issues": engagement.issues.select_related("raised_by", "settled_by"),
        "reviews": engagement.trafficking_reviews.select_related("by"),
        "authorisations": list(engagement.authorisations.select_related("authorised_by", "voided_by"))[::-1],
        "standing": standing,
        "has_expired": has_expired,
        "write_up_overdue": is_overdue(engagement, now),
        "against_tasking": against_tasking,
        "against_looking": against_looking if "look_again" in verbs else [],
        "history": history(list(changes_of(engagement))),
    }


def is_overdue(engagement: Engagement, now: datetime) -> bool:
    due = engagement.write_up_due_at
    return bool(engagement.to_write_up and due and due <= now)


def for_force(request: SignedInRequest, engagement: Engagement) -> HttpResponse:
    """The force's page; nothing of one that was called back but that it was."""
    context = {
        **disclosed_to_force(engagement, at=timezone.now()),
        "verbs": open_to(engagement, request.user),
    }
    context["back_url"] = reverse("engagement:list")
    template = "force" if engagement.is_with_force else "called_back"
    return render(request, f"casework/engagement/{template}.html", context)


@require_GET
def operations(request: SignedInRequest, reference: str) -> HttpResponse:
    """The case's tab: its engagements, the newest first, and how to ask for one."""
    case = CASES.open(request.user, "view", reference=reference)
    WHO_MAY.permit("view_inside", request.user)
    now, by = timezone.now(), request.user
    found = lists.engagements(Engagement.objects.visible_to(by).filter(case=case)).order_by("-pk")
    may_ask = not reasons_not_to_start(case, by)
    return show(
        request,
        case,
        "operations",
        "casework/engagement/case",
        lines=[lists.line(engagement, now=now) for engagement in found],
        may_start=may_ask and WHO_MAY.may("start", by),
        may_log=may_ask and WHO_MAY.may("log_verbal", by),
    )
