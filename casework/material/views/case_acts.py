"""What is done about the material of a case as a whole: ask for a summary, or say that no statement is needed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.material import actions, forms, queries
from casework.material.actions.asking import reasons_not_to_request
from casework.material.actions.no_statement import reasons_not_to_do_without, reasons_not_to_withdraw
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.views.acts import SUMMARY_FIRST, Act
from casework.models import Case
from casework.views.frame import show, visible
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from referrals.queries import standing_decision

NOT_ALWAYS = "It is important to note that police intelligence statements may not always be required."
ACTS: dict[str, Act[Case]] = {
    act.verb: act
    for act in (
        Act(
            "request_summary",
            actions.request_summary,
            forms.RequestForm,
            "Request a summary from the force",
            "The force is asked for a summary",
            reasons_not_to_request,
            quote=SUMMARY_FIRST,
        ),
        Act(
            "need_no_statement",
            actions.need_no_statement,
            forms.BecauseForm,
            "Record that no statement is needed",
            "Recorded: no statement is needed",
            reasons_not_to_do_without,
            lead="Any open request for a summary ends. You can withdraw this later.",
            quote=NOT_ALWAYS,
        ),
        Act(
            "withdraw_no_statement",
            actions.withdraw_no_statement,
            forms.WithdrawForm,
            "Withdraw “no statement needed”",
            "A statement may be asked for again",
            reasons_not_to_withdraw,
            lead="Any summary the force has sent must then be reviewed again.",
        ),
    )
}


def open_to(by: User, case: Case) -> list[Act[Case]]:
    """The acts of the person's role that nothing stands against now."""
    return [act for act in ACTS.values() if WHO_MAY.may(act.verb, by) and not act.reasons(case, by)]


def page_for(verb: str, template: str = "act") -> Callable[..., HttpResponse]:
    """The view of one act, named after its verb."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        case = visible(request, reference)
        WHO_MAY.permit(verb, request.user)
        return carry_out(request, case, ACTS[verb], template)

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = ACTS[verb].heading
    return view


def carry_out(request: SignedInRequest, case: Case, act: Act[Case], template: str) -> HttpResponse:
    """Show the form; once it is filled in make the one call. Reasons stand first where there are any."""
    by = request.user
    words = {"act": act, "back_url": reverse("material:of_case", args=[case.referral.reference])}
    reasons = act.reasons(case, by)
    if reasons and request.method == "GET":
        return show(
            request, case, "material", "casework/material/refused", status=409, refusals=reasons, **words
        )
    form, status = bind(act.form, request, by=by), 200
    if form.is_valid():
        try:
            done = act.act(case_id=case.pk, by=by, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, act.done)
            return onward(done, case)
    words |= what_the_rules_say(case)
    return show(request, case, "material", f"casework/material/{template}", status=status, form=form, **words)


def onward(done: object, case: Case) -> HttpResponseRedirect:
    """To the material that was made, else back to the case's."""
    if isinstance(done, Material):
        return redirect("material:detail", done.pk)
    return redirect("material:of_case", case.referral.reference)


def what_the_rules_say(case: Case) -> dict[str, Any]:
    """T4 now, and as triage judged it."""
    return {
        "indicated": queries.statement_indicated(case),
        "decision": standing_decision(case.referral),
    }


request_summary = page_for("request_summary")
need_no_statement = page_for("need_no_statement", "no_statement")
withdraw_no_statement = page_for("withdraw_no_statement", "no_statement")
