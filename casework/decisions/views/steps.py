"""What every page about a decision begins with."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from casework.decisions.models import Decision
from casework.decisions.permissions import WHO_MAY
from casework.models import Case
from casework.views.frame import show, visible
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm


def the_case(request: SignedInRequest, reference: str, verb: str = "view") -> Case:
    """The case behind the address; 404 outside what the person sees, 403 where their role may not."""
    case = visible(request, reference)
    WHO_MAY.permit(verb, request.user)
    return case


def the_decision(request: SignedInRequest, reference: str, decision_id: int, verb: str = "view") -> Decision:
    """A decision of the case in the address."""
    case = the_case(request, reference, verb)
    people = ("drafted_by", "reviewed_by", "decided_by", "served_by")
    decision = get_object_or_404(case.decisions.select_related(*people), pk=decision_id)
    decision.case = case
    return decision


def read_in_full(request: SignedInRequest, decision: Decision) -> None:
    """Write down that the person has the whole text before them: without it they may not review or decide."""
    record(
        kind="decision.viewed",
        by=request.user,
        subject=decision,
        now=timezone.now(),
    )


def back_to(case: Case) -> str:
    return reverse("decisions:detail", args=[case.referral.reference])


def show_form(
    request: SignedInRequest,
    case: Case,
    form: GovukForm,
    *,
    heading: str,
    button: str,
    status: int = 200,
    refusals: list[str] | None = None,
    template: str = "form",
    **context: Any,
) -> HttpResponse:
    """The page of one form about a decision, written down as read."""
    context = {
        "form": form,
        "heading": heading,
        "button_text": button,
        "refusals": refusals or [],
        "back_url": back_to(case),
        **context,
    }
    return show(request, case, "decision", f"casework/decisions/{template}", status=status, **context)
