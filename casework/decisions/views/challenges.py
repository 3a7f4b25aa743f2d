"""Challenges to a decision: their hearings, how they end, and the list of hearings to come."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.decisions import actions, forms
from casework.decisions.actions.hearings import reasons_it_is_over, reasons_not_to_record
from casework.decisions.models import Challenge, Hearing
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import answer_due, hearings_to_come
from casework.decisions.views.acts import Act, carry_out
from casework.decisions.views.steps import the_case
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage

HEARING = Act(
    "add_hearing",
    actions.add_hearing,
    forms.HearingForm,
    "Add a hearing",
    "The hearing is added. Check that the next action is still right",
    reasons_it_is_over,
)
RESULT = Act(
    "record_hearing",
    actions.record_hearing,
    forms.HearingResultForm,
    "Record what came of the hearing",
    "What came of the hearing is recorded. Check that the next action is still right",
    reasons_not_to_record,
)
CONCLUDE = Act(
    "conclude",
    actions.conclude,
    forms.ConcludeForm,
    "Record how it ended",
    "It is recorded how the challenge ended. Check that the next action is still right",
    reasons_it_is_over,
)


def the_challenge(request: SignedInRequest, reference: str, challenge_id: int, verb: str) -> Challenge:
    """A challenge to a decision of the case in the address."""
    case = the_case(request, reference, verb)
    found = Challenge.objects.filter(decision__case=case).select_related("decision")
    challenge = get_object_or_404(found, pk=challenge_id)
    challenge.decision.case = case
    return challenge


def on_challenge(request: SignedInRequest, reference: str, challenge_id: int, act: Act) -> HttpResponse:
    challenge = the_challenge(request, reference, challenge_id, act.verb)
    reasons = act.beforehand(challenge, request.user)
    context = {"challenge": challenge}
    return carry_out(request, challenge.decision, act, reasons, context, challenge_id=challenge.pk)


@require_http_methods(["GET", "POST"])
def add_hearing(request: SignedInRequest, reference: str, challenge_id: int) -> HttpResponse:
    """A day in court."""
    return on_challenge(request, reference, challenge_id, HEARING)


@require_http_methods(["GET", "POST"])
def record_hearing(
    request: SignedInRequest, reference: str, challenge_id: int, hearing_id: int
) -> HttpResponse:
    """What came of a day in court."""
    challenge = the_challenge(request, reference, challenge_id, "record_hearing")
    hearing: Hearing = get_object_or_404(challenge.hearings, pk=hearing_id)
    hearing.challenge = challenge
    reasons = reasons_not_to_record(hearing, request.user)
    context: dict[str, Any] = {"challenge": challenge, "hearing": hearing}
    return carry_out(request, challenge.decision, RESULT, reasons, context, hearing_id=hearing.pk)


@require_http_methods(["GET", "POST"])
def conclude(request: SignedInRequest, reference: str, challenge_id: int) -> HttpResponse:
    """How a challenge ended."""
    return on_challenge(request, reference, challenge_id, CONCLUDE)


@require_GET
def hearings(request: SignedInRequest) -> HttpResponse:
    """The days in court ahead, the nearest first: a case-owner's own, for others all they see."""
    WHO_MAY.permit("view_hearings", request.user)
    now = timezone.now()
    page = KeysetPage(hearings_to_come(request.user), request, order=["on"])
    cases = [hearing.challenge.decision.case for hearing in page]
    record(kind="hearing.listed", by=request.user, subjects=cases, now=now)
    today = timezone.localdate(now)
    context = {"page": page, "today": today, "answer_due": answer_due(today)}
    return render(request, "casework/decisions/hearings.html", context)
