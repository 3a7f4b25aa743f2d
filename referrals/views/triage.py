"""The referral as the Home Office works on it: read, claim, release, ask."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.audit.recording import record
from nexus.parts import the_one
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.views import conflict
from referrals import actions, presence, triage
from referrals.actions.asking import reasons_not_to_take_back
from referrals.actions.decide import frozen
from referrals.actions.triage import (
    reasons_not_held_by,
    reasons_not_to_claim,
    reasons_not_to_hand_over,
    reasons_not_to_release,
)
from referrals.forms.triage import ReleaseForm
from referrals.models import Referral
from referrals.parts import referral_parts
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, standing_decision, standing_proposal
from referrals.queue import stamp
from referrals.summary import summary_of


def visible(request: SignedInRequest, reference: str, verb: str) -> Referral:
    """The referral behind the address; 404 outside what the person sees, 403 where their role may not."""
    referrals = Referral.objects.visible_to(request.user).select_related("force", "claimed_by", "created_by")
    referral = get_object_or_404(referrals, reference=reference)
    WHO_MAY.permit(verb, request.user)
    return referral


def rules_of(referral: Referral) -> triage.RulesShown:
    """Today's assessment, or the one the standing decision was made on."""
    decision = standing_decision(referral)
    if decision:
        return triage.rules_shown(referral, decision.assessment, decision.decided_at)
    return triage.rules_shown(referral, frozen(assessment_of(referral)))


def show(
    request: SignedInRequest,
    referral: Referral,
    template: str,
    *,
    read: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about the referral under its identity bar, written down as read (`referral.<read>`)."""
    now, by = timezone.now(), request.user
    record(kind=f"referral.{read}", by=by, subject=referral, now=now)
    held = not reasons_not_held_by(referral, by)
    to_read = triage.proposal_for(referral, by)
    context = {
        "referral": referral,
        "details": triage.identity_details(referral, now),
        "next_action": triage.next_action(referral, now, to_read),
        "to_read": to_read,
        "proposal_stands": standing_proposal(referral) is not None,
        "also_open": presence.opened(referral.pk, by=by, now=now),
        "may_claim": WHO_MAY.may("claim", by) and not reasons_not_to_claim(referral, by),
        "may_ask": held and not referral.reasons_not_to_move("request_information"),
        "may_hand_over": WHO_MAY.may("hand_over", by) and not reasons_not_to_hand_over(referral, by),
        "stamp": stamp(referral),
        "may_release": WHO_MAY.may("release", by) and not reasons_not_to_release(referral, by),
        **context,
    }
    return render(request, f"referrals/{template}.html", context, status=status)


def assess_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """The referral by section with the rules beside it. Called by `detail` for Home Office roles."""
    WHO_MAY.permit("view_assessment", request.user)
    return show(
        request,
        referral,
        "triage/referral",
        read="viewed",
        sections=summary_of(referral),
        rules=rules_of(referral),
        may_change_flag=WHO_MAY.may("remove_flag", request.user),
        same_person=the_one(part.same_person for part in referral_parts())(
            referral=referral, by=request.user, now=timezone.now()
        ),
    )


@require_GET
def assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """The rules at full width, and each event with whether it counts."""
    referral = visible(request, reference, "view_assessment")
    rules = rules_of(referral)
    return show(
        request,
        referral,
        "triage/assessment",
        read="assessment_viewed",
        rules=rules,
        events=triage.events_counted(referral, rules.policy),
    )


@require_GET
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """What happened, and every question with its answer."""
    referral = visible(request, reference, "view_assessment")
    return show(
        request,
        referral,
        "triage/timeline",
        read="timeline_viewed",
        happenings=triage.happenings(referral),
        requests=[(asked, triage.asked(asked, timezone.localdate())) for asked in triage.requests(referral)],
        may_take_back=WHO_MAY.may("take_back", request.user)
        and not reasons_not_to_take_back(referral, request.user),
    )


@require_POST
def claim(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take it; or be told who holds it and since when."""
    referral = visible(request, reference, "claim")
    try:
        actions.claim(referral_id=referral.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        referral.refresh_from_db()
        if not triage.holds(referral, request.user):
            return conflict(request, refused.reasons, referral_path(referral))
    else:
        messages.success(request, f"You hold {referral.reference}")
    return redirect("referrals:detail", reference)


def referral_path(referral: Referral) -> str:
    return redirect("referrals:detail", referral.reference).url


@require_http_methods(["GET", "POST"])
def release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Give it back to the queue."""
    referral = visible(request, reference, "release")
    form, status = bind(ReleaseForm, request), 200
    if form.is_valid():
        try:
            actions.release(referral_id=referral.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{referral.reference} is back in the queue")
            return redirect("desk:queue")
    reasons = reasons_not_to_release(referral, request.user)
    return show(
        request,
        referral,
        "triage/release",
        read="release_viewed",
        status=status,
        form=form,
        refusals=reasons,
    )
