"""One page for each thing that is done to a decision: a short form, one action, and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.decisions import actions, forms
from casework.decisions.actions.challenges import reasons_not_to_lodge
from casework.decisions.actions.decide import reasons_not_to_decide, reasons_not_to_reconsider
from casework.decisions.actions.review import reasons_not_to_review, reasons_not_to_submit
from casework.decisions.actions.steps import reasons_not_to
from casework.decisions.models import Decision
from casework.decisions.rules.gaps import cautions
from casework.decisions.rules.recorded import contradictions
from casework.decisions.views.steps import back_to, read_in_full, show_form, the_decision
from casework.decisions.wording import in_words, statement_words
from casework.queries import asked_of_force
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal
from referrals.risks import risk_flags


@dataclass(frozen=True)
class Act:
    """What a page does: its action, its form, its words, and what may stand against it beforehand."""

    verb: str
    act: Callable[..., Any]
    form: type[forms.DecisionForm]
    heading: str
    done: str
    beforehand: Callable[..., list[str]]
    lead: str = ""


def now_asked(reasons: Callable[[Decision, User, Any], list[str]]) -> Callable[[Decision, User], list[str]]:
    """For reasons that depend on the day."""
    return lambda decision, by: reasons(decision, by, timezone.now())


ACTS = {
    act.verb: act
    for act in (
        Act(
            "submit",
            actions.submit,
            forms.NothingForm,
            "Submit for review",
            "The draft waits for a Senior Caseworker",
            now_asked(reasons_not_to_submit),
            lead="Senior Caseworkers are told. Until one has reviewed it, its text cannot change.",
        ),
        Act(
            "take_back",
            actions.take_back,
            forms.NothingForm,
            "Take it back to change it",
            "The decision is a draft again",
            lambda decision, by: reasons_not_to("take_back", decision, by),
            lead="A review that was given is void, because it was of the text as it is now.",
        ),
        Act(
            "approve",
            actions.approve,
            forms.ReviewForm,
            "Review the decision",
            "The decision is reviewed",
            lambda decision, by: reasons_not_to_review("approve", decision, by),
            lead="Your review is of this very text. Any change voids it.",
        ),
        Act(
            "return_draft",
            actions.return_draft,
            forms.ReturnForm,
            "Return the draft",
            "The draft is returned with your reasons",
            lambda decision, by: reasons_not_to_review("return_draft", decision, by),
        ),
        Act(
            "decide",
            actions.decide,
            forms.DecideForm,
            "Make the decision",
            "The decision is made. Have it served",
            now_asked(reasons_not_to_decide),
            lead="The decision is made in your name, and its text can no longer change.",
        ),
        Act(
            "serve",
            actions.serve,
            forms.ServeForm,
            "Record the service",
            "The service is recorded. Check that the next action is still right",
            lambda decision, by: reasons_not_to("serve", decision, by),
        ),
        Act(
            "reconsider",
            actions.reconsider,
            forms.ReconsiderForm,
            "Make the decision afresh",
            "The decision no longer stands. Draft a new one",
            reasons_not_to_reconsider,
            lead="The old decision stays readable. The case goes back to gathering evidence.",
        ),
        Act(
            "lodge",
            actions.lodge,
            forms.LodgeForm,
            "Record a challenge",
            "The challenge is recorded. Check that the next action is still right",
            reasons_not_to_lodge,
        ),
    )
}
# The whole text stands beside the form of these, so that nobody reviews or decides unread.
SHOWS_TEXT = ("approve", "return_draft", "decide")
# Beside these stands what must not be overlooked, also where the case and the draft contradict each other.
SHOWS_CAUTIONS = (*SHOWS_TEXT, "submit")


def page_for(verb: str) -> Callable[..., HttpResponse]:
    """The view of one act on a decision, named after its verb."""
    act = ACTS[verb]

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, reference: str, decision_id: int) -> HttpResponse:
        decision = the_decision(request, reference, decision_id, verb)
        context: dict[str, Any] = {}
        if verb in SHOWS_CAUTIONS:
            risks = risk_flags(decision.case.referral)
            context["cautions"] = cautions(decision.answers) + contradictions(decision.answers, risks)
        if verb in SHOWS_TEXT:
            context |= {"text": in_words(decision), "statement": statement_words(decision.case)}
            if request.method == "GET":
                read_in_full(request, decision)
        return carry_out(
            request, decision, act, act.beforehand(decision, request.user), context, decision_id=decision.pk
        )

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = act.heading
    return view


def initial_for(form: type[forms.DecisionForm], decision: Decision) -> dict[str, Any]:
    """What is asked of the force stays asked unless somebody takes it out."""
    asked = asked_of_force(decision.case) if "asked_of_force" in form.base_fields else None
    return {"asked_of_force": asked.asked_of_force} if asked else {}


def carry_out(
    request: SignedInRequest,
    decision: Decision,
    act: Act,
    reasons: list[str],
    context: dict[str, Any],
    **ids: int,
) -> HttpResponse:
    """Show the form; once it is filled in make the one call. Reasons stand first where there are any."""
    case = decision.case
    form: GovukForm = bind(act.form, request, decision=decision, initial=initial_for(act.form, decision))
    words = {"heading": act.heading, "button": act.heading, "lead": act.lead, **context}
    if reasons and request.method == "GET":
        return show_form(request, case, form, status=409, refusals=reasons, **words)
    status = 200
    if form.is_valid():
        try:
            act.act(by=request.user, now=timezone.now(), **ids, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, act.done)
            return redirect(back_to(case))
    return show_form(request, case, form, status=status, **words)
