"""A proposed decision: the list of what waits, and the page on which one is read and answered."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.paging import KeysetPage
from nexus.verbs import attempt
from referrals import actions, triage
from referrals.actions.second_reading import reasons_not_to_agree, reasons_not_to_read, reasons_not_to_recall
from referrals.forms.triage import SecondReadingForm
from referrals.instead import notes_about
from referrals.lists import PROPOSED
from referrals.models import Proposal
from referrals.permissions import PROPOSALS
from referrals.queries import proposed_by, to_read_twice
from referrals.queue import custody_clock
from referrals.triage.earlier import earlier_proposals
from referrals.verbs import SECOND_READING
from referrals.views.triage import show


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """What waits to be read a second time, custody clocks first, then the longest, and what became of one's own."""
    PROPOSALS.permit("view_proposals", request.user)
    found = (
        to_read_twice(request.user)
        .select_related("referral__force", "proposed_by")
        .prefetch_related("referral__nationalities")
    )
    page: KeysetPage[Proposal] = KeysetPage(found, request, order=["clock", "proposed_at"])
    own, now = list(proposed_by(request.user)), timezone.now()
    PROPOSED.listed(request.user, [*page.rows, *own])
    clocks = {each.pk: custody_clock(each.referral, now) for each in page.rows}
    context = {"page": page, "own": own, "clocks": clocks}
    return render(request, "referrals/second_reading/list.html", context)


@require_http_methods(["GET", "POST"])
def proposal(request: SignedInRequest, reference: str, proposal_id: int) -> HttpResponse:
    """Read it, and agree or return it."""
    by, address = request.user, {"reference": reference, "proposal_id": proposal_id}
    found = PROPOSED.open(by, "agree" if request.method == "POST" else "view_proposals", **address)
    form, status = bind(SecondReadingForm, request), 200
    if form.is_valid():
        tried = attempt(form, answer, found=found, by=by, now=timezone.now(), **form.cleaned_data)
        if tried.succeeded:
            messages.success(request, f"{reference} {tried.result}")
            return redirect("referrals:second_readings")
        found, status = PROPOSED.find(by, **address), tried.status
    return show(
        request,
        found.referral,
        "referrals/second_reading/proposal.html",
        read="proposal_viewed",
        status=status,
        proposal=found,
        form=form,
        instead=SECOND_READING["agree"].offer_instead(found, by, timezone.now(), form),
        notes=notes_about(found),
        earlier=earlier_proposals(found),
        may_read=PROPOSALS.may("agree", by) and found.proposed_by_id != by.pk,
        refusals=reasons_not_to_read(found, by),
        changed=[] if found.reasons_not_to_move("agree") else reasons_not_to_agree(found),
        may_recall=not reasons_not_to_recall(found, by),
        rules=triage.rules_shown(found.referral, found.assessment),
    )


def answer(*, found: Proposal, by: User, now: datetime, answer: str, remarks: str) -> str:
    """What the second reader does, and what was done, in words. Raises Refused."""
    if answer == "send_back":
        actions.send_back(proposal_id=found.pk, by=by, now=now, reasons=remarks)
        return f"is returned to {found.proposed_by} with your reasons"
    decision = actions.agree(proposal_id=found.pk, by=by, now=now, remarks=remarks)
    return f"is decided: {decision.get_outcome_display().lower()}. {found.proposed_by} is told that you agree"
