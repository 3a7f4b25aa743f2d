"""A proposed decision: the list of what waits, the page on which it is read, and how it is taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals import actions, triage
from referrals.actions.second_reading import reasons_not_to_agree, reasons_not_to_read, reasons_not_to_recall
from referrals.forms.triage import RecallForm, SecondReadingForm
from referrals.models import Proposal
from referrals.permissions import PROPOSALS
from referrals.queries import proposed_by, to_read_twice
from referrals.queue import custody_clock
from referrals.views.triage import show


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """What waits to be read a second time, custody clocks first, then the longest, and what became of one's own."""
    PROPOSALS.permit("view_proposals", request.user)
    found = to_read_twice(request.user).select_related("referral__force", "proposed_by")
    page: KeysetPage[Proposal] = KeysetPage(found, request, order=["clock", "proposed_at"])
    own, now = list(proposed_by(request.user)), timezone.now()
    record(
        kind="proposal.listed",
        by=request.user,
        subjects=[*page.rows, *own],
        now=now,
    )
    clocks = {each.pk: custody_clock(each.referral, now) for each in page.rows}
    context = {"page": page, "own": own, "clocks": clocks}
    return render(request, "referrals/second_reading/list.html", context)


def visible(request: SignedInRequest, reference: str, proposal_id: int, verb: str) -> Proposal:
    """The proposal behind the address; 404 outside what the person sees, 403 where their role may not."""
    proposals = Proposal.objects.visible_to(request.user).select_related(
        "referral__force",
        "referral__claimed_by",
        "referral__created_by",
        "proposed_by",
        "read_by",
        "held_by",
    )
    proposal = get_object_or_404(proposals, pk=proposal_id, referral__reference=reference)
    PROPOSALS.permit(verb, request.user)
    return proposal


@require_http_methods(["GET", "POST"])
def proposal(request: SignedInRequest, reference: str, proposal_id: int) -> HttpResponse:
    """Read it, and agree or return it."""
    found = visible(
        request, reference, proposal_id, "agree" if request.method == "POST" else "view_proposals"
    )
    form, status = bind(SecondReadingForm, request), 200
    if form.is_valid():
        try:
            done = answer(found, request, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
            found = visible(request, reference, proposal_id, "agree")
        else:
            messages.success(request, f"{reference} {done}")
            return redirect("referrals:second_readings")
    return show(
        request,
        found.referral,
        "second_reading/proposal",
        read="proposal_viewed",
        status=status,
        proposal=found,
        form=form,
        may_read=PROPOSALS.may("agree", request.user) and found.proposed_by_id != request.user.pk,
        refusals=reasons_not_to_read(found, request.user),
        changed=[] if found.reasons_not_to_move("agree") else reasons_not_to_agree(found),
        may_recall=not reasons_not_to_recall(found, request.user),
        rules=triage.rules_shown(found.referral, found.assessment),
    )


def answer(found: Proposal, request: SignedInRequest, *, answer: str, remarks: str) -> str:
    """What the second reader does, and what was done, in words. Raises Refused."""
    one: dict[str, Any] = {"proposal_id": found.pk, "by": request.user, "now": timezone.now()}
    if answer == "send_back":
        actions.send_back(**one, reasons=remarks)
        return f"is returned to {found.proposed_by} with your reasons"
    decision = actions.agree(**one, remarks=remarks)
    return f"is decided: {decision.get_outcome_display().lower()}. {found.proposed_by} is told that you agree"


@require_http_methods(["GET", "POST"])
def recall(request: SignedInRequest, reference: str, proposal_id: int) -> HttpResponse:
    """Take one's own proposal back, and go on to its words to change them."""
    found = visible(request, reference, proposal_id, "recall")
    form, status = bind(RecallForm, request), 200
    if form.is_valid():
        try:
            actions.recall(
                proposal_id=found.pk, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"The decision proposed on {reference} is taken back")
            return redirect("referrals:decide", reference)
    return show(
        request,
        found.referral,
        "second_reading/recall",
        read="proposal_viewed",
        status=status,
        proposal=found,
        form=form,
        refusals=reasons_not_to_recall(found, request.user),
    )
