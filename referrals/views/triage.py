"""The frame of every page about a referral as the Home Office reads it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from referrals import presence, triage
from referrals.actions.decide import frozen
from referrals.actions.triage import (
    reasons_not_held_by,
    reasons_not_to_hand_over,
)
from referrals.corrections import stale_of, untold_of
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, standing_decision, standing_proposal
from referrals.queue import stamp
from referrals.told_by_forces import told_by_forces


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
    """A page about the referral under its identity bar, written down as read (`referral.<read>`).

    `offered` are the verbs of the bar, as referrals/verbs.py says them; a page with a form of its own has none.
    """
    now, by = timezone.now(), request.user
    record(kind=f"referral.{read}", by=by, subject=referral, now=now)
    held, decision = not reasons_not_held_by(referral, by), standing_decision(referral)
    proposal = standing_proposal(referral)
    to_read = triage.proposal_for(referral, by, proposal)
    done = triage.is_done_by(referral, by, decision, proposal)
    context = {
        "referral": referral,
        "details": triage.identity_details(referral, now, decision),
        "next_action": triage.next_action(referral, now, proposal, to_read),
        "to_read": to_read,
        "proposal_stands": proposal is not None,
        "also_open": presence.opened(referral.pk, by=by, now=now),
        "may_take_next": done and WHO_MAY.may("take_next", by),
        "next_steps": triage.next_steps(referral, by) if done and decision else [],
        "may_ask": held and not referral.reasons_not_to_move("request_information"),
        "may_hand_over": WHO_MAY.may("hand_over", by) and not reasons_not_to_hand_over(referral, by),
        "stamp": stamp(referral),
        "told_by_forces": told_by_forces(referral, by),
        "stale": stale_of(referral),
        "untold": untold_of(referral),
        "sees_corrections": WHO_MAY.may("view_assessment", by),
        "assessed_at": decision.decided_at if decision else None,
        **context,
    }
    return render(request, template, context, status=status)
