"""The decision: chosen or read, and what stands beside its forms and on the page on which it is checked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind
from nexus.verbs import answers_of
from referrals import triage
from referrals.actions.decide import Text, frozen, reasons_not_to_decide
from referrals.forms.triage import ChoiceForm
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, facts_of, policy_for, why_read_twice
from referrals.rules.routes import departures, route_indicated
from referrals.rules.second_reading import Cause
from referrals.rules.terms import Route, StatementNeed
from referrals.views.triage import rules_of, show


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is your decision? Or, once made, who decided what, when and why."""
    by = request.user
    referral = REFERRALS.open(by, "view_assessment", reference=reference)
    if request.method == "POST":
        WHO_MAY.permit("accept", by)
    form = bind(ChoiceForm, request)
    if form.is_valid():
        return redirect(f"referrals:{form.cleaned_data['decision']}", reference)
    return show(
        request,
        referral,
        "referrals/decide/decision.html",
        read="decision_viewed",
        form=form if request.method == "POST" else None,
        choice=form,
        refusals=reasons_not_to_decide(referral, "accept", by),
        decisions=triage.decisions(referral),
        proposal=triage.latest_proposal(referral),
        flag=referral.flag,
        may_change_flag=WHO_MAY.may("remove_flag", by),
        may_decide=WHO_MAY.may("accept", by),
        may_reopen=WHO_MAY.may("reopen", by) and not referral.reasons_not_to_move("reopen"),
        rules=rules_of(referral),
    )


def context(referral: Referral, by: User) -> dict[str, Any]:
    """What stands beside the form of a decision: the rules, and the route they indicate."""
    route = route_indicated(facts_of(referral), assessment_of(referral), policy_for(referral))
    return {"rules": rules_of(referral), "route": route}


def check_context(name: str, referral: Referral, by: User, form: GovukForm) -> dict[str, Any]:
    """What will be recorded by the decision of this name, and what follows from it."""
    answers = answers_of(form)
    held_by = answers.get("held_by")
    found = assessment_of(
        referral,
        held_by=held_by.code if held_by else None,
        significant_conviction=answers.get("significant_conviction"),
    )
    return {
        "held_by": held_by,
        "read_twice": None if name == "redirect" else read_twice(referral, name == "accept", answers),
        "departures": departures_of(referral, answers) if name == "accept" else [],
        "rules": triage.rules_shown(referral, frozen(found)),
    }


def read_twice(referral: Referral, accepted: bool, answers: dict[str, Any]) -> Cause | None:
    """Why this decision needs a second reader, if it does."""
    return why_read_twice(referral, accepted=accepted, **Text(**answers).judged)


def departures_of(referral: Referral, answers: dict[str, Any]) -> list[str]:
    """Where an acceptance's route and statement depart from what the rules indicate of the recorded status."""
    facts = facts_of(referral, significant_conviction=answers["significant_conviction"])
    return departures(facts, Route(answers["route"]), StatementNeed(answers["police_statement"]))
