"""The decision of a referral: chosen, or read once it is made."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from referrals import triage
from referrals.actions.decide import reasons_not_to_decide
from referrals.forms.triage import ChoiceForm
from referrals.lists import REFERRALS
from referrals.permissions import WHO_MAY
from referrals.verbs import offered
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
        offered=offered(referral, by),
    )
