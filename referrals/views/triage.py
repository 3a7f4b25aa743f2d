"""The referral as the Home Office reads it, and the frame of every page about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.parts import the_one
from nexus.requests import SignedInRequest
from referrals import presence, triage
from referrals.actions.asking import reasons_not_to_take_back
from referrals.actions.decide import frozen
from referrals.actions.triage import (
    reasons_not_held_by,
    reasons_not_to_claim,
    reasons_not_to_hand_over,
    reasons_not_to_release,
)
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.parts import referral_parts
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, standing_decision, standing_proposal
from referrals.queue import stamp
from referrals.summary import summary_of


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
    return render(request, template, context, status=status)


def assess_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """The referral by section with the rules beside it. Called by `detail` for Home Office roles."""
    WHO_MAY.permit("view_assessment", request.user)
    return show(
        request,
        referral,
        "referrals/triage/referral.html",
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
    referral = REFERRALS.open(request.user, "view_assessment", reference=reference)
    rules = rules_of(referral)
    return show(
        request,
        referral,
        "referrals/triage/assessment.html",
        read="assessment_viewed",
        rules=rules,
        events=triage.events_counted(referral, rules.policy),
    )


@require_GET
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """What happened, and every question with its answer."""
    referral = REFERRALS.open(request.user, "view_assessment", reference=reference)
    return show(
        request,
        referral,
        "referrals/triage/timeline.html",
        read="timeline_viewed",
        happenings=triage.happenings(referral),
        requests=[(asked, triage.asked(asked, timezone.localdate())) for asked in triage.requests(referral)],
        may_take_back=WHO_MAY.may("take_back", request.user)
        and not reasons_not_to_take_back(referral, request.user),
    )
