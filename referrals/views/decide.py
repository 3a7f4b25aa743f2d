"""The decision: chosen, written beside the rules, confirmed, made. What was typed comes back every time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect as go
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from referrals import actions, triage
from referrals.actions.decide import Text, frozen, reasons_not_to_decide
from referrals.forms.triage import (
    AcceptForm,
    ChoiceForm,
    DecisionForm,
    NotAcceptForm,
    RedirectForm,
    ReopenForm,
    what_was_proposed,
)
from referrals.models import Outcome, Referral
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, facts_of, policy_for, why_read_twice
from referrals.rules.routes import departures, route_indicated
from referrals.rules.second_reading import Cause
from referrals.rules.terms import Route, StatementNeed
from referrals.views.triage import rules_of, show, visible

LONGEST_KEY = 19  # characters: what a key of the database has at most


@dataclass(frozen=True)
class Decision:
    """One of the three: its form, its action, the words of its pages, and its outcome."""

    form: type[DecisionForm]
    action: Callable[..., Any]
    heading: str
    button: str
    done: str
    outcome: Outcome


DECISIONS = {
    "accept": Decision(
        AcceptForm,
        actions.accept,
        "Accept the referral",
        "Accept the referral",
        "has been accepted. Key the flag, then confirm it under To key",
        Outcome.ACCEPTED,
    ),
    "not_accept": Decision(
        NotAcceptForm,
        actions.not_accept,
        "Do not accept the referral",
        "Do not accept the referral",
        "has not been accepted",
        Outcome.NOT_ACCEPTED,
    ),
    "redirect": Decision(
        RedirectForm,
        actions.redirect,
        "Redirect the referral",
        "Redirect the referral",
        "has been redirected",
        Outcome.REDIRECTED,
    ),
}


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is your decision? Or, once made, who decided what, when and why."""
    referral = visible(request, reference, "view_assessment")
    if request.method == "POST":
        WHO_MAY.permit("accept", request.user)
    form = bind(ChoiceForm, request)
    if form.is_valid():
        return go(f"referrals:{form.cleaned_data['decision']}", reference)
    return show(
        request,
        referral,
        "decide/decision",
        read="decision_viewed",
        form=form if request.method == "POST" else None,
        choice=form,
        refusals=reasons_not_to_decide(referral, "accept", request.user),
        decisions=triage.decisions(referral),
        proposal=triage.latest_proposal(referral),
        flag=referral.flag,
        may_change_flag=WHO_MAY.may("remove_flag", request.user),
        may_decide=WHO_MAY.may("accept", request.user),
        may_reopen=WHO_MAY.may("reopen", request.user) and not referral.reasons_not_to_move("reopen"),
        rules=rules_of(referral),
    )


@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, "accept")


@require_http_methods(["GET", "POST"])
def not_accept(request: SignedInRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, "not_accept")


@require_http_methods(["GET", "POST"])
def redirect(request: SignedInRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, "redirect")


def _decide(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """The form; then, when it is filled in, the page that names what cannot be undone; then the act."""
    referral, decision = visible(request, reference, verb), DECISIONS[verb]
    form, status = bind(decision.form, request, initial=words_again(request, referral)), 200
    step = request.POST.get("step", "")
    if form.is_valid() and step == "confirm":
        try:
            done = _make(referral, decision, form.answers(), request.user)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{reference} {done}")
            return go("referrals:decide", reference)
    elif form.is_valid() and step != "change":
        return _confirm(request, referral, verb, form)
    return show(
        request,
        referral,
        f"decide/{verb}",
        read="decision_viewed",
        status=status,
        form=form,
        decision=decision,
        refusals=reasons_not_to_decide(referral, verb, request.user),
        rules=rules_of(referral),
        route=_route_indicated(referral) if verb == "accept" else "",
    )


def _route_indicated(referral: Referral) -> str:
    return route_indicated(facts_of(referral), assessment_of(referral), policy_for(referral))


def _departures(referral: Referral, answers: dict[str, Any]) -> list[str]:
    """Where an acceptance's route and statement depart from what the rules indicate of the recorded status."""
    facts = facts_of(referral, significant_conviction=answers["significant_conviction"])
    return departures(facts, Route(answers["route"]), StatementNeed(answers["police_statement"]))


def _make(referral: Referral, decision: Decision, answers: dict[str, Any], by: User) -> str:
    """Decide, or where a second reader is needed propose; what was done, in words. Raises Refused."""
    one: dict[str, Any] = {"referral_id": referral.pk, "by": by, "now": timezone.now(), **answers}
    if _read_twice(referral, decision, answers):
        actions.propose(**one, outcome=decision.outcome)
        return "waits for a second reader. Nothing is decided yet"
    decision.action(**one)
    return decision.done


def _read_twice(referral: Referral, decision: Decision, answers: dict[str, Any]) -> Cause | None:
    """Why this decision needs a second reader, if it does. A redirection never does."""
    if decision.outcome == Outcome.REDIRECTED:
        return None
    text = Text(**answers)
    return why_read_twice(referral, accepted=decision.outcome == Outcome.ACCEPTED, **text.judged)


def words_again(request: SignedInRequest, referral: Referral) -> dict[str, Any]:
    """The words of one's own earlier proposal (?again=), to change them and propose them anew."""
    number = request.GET.get("again", "")
    mine = referral.proposals.filter(proposed_by=request.user)
    found = mine.filter(pk=number).first() if number.isdecimal() and len(number) < LONGEST_KEY else None
    return what_was_proposed(found) if found else {}


def _confirm(request: SignedInRequest, referral: Referral, verb: str, form: DecisionForm) -> HttpResponse:
    """What will be recorded and what follows from it; everything typed travels along."""
    answers = form.answers()
    held_by = answers.get("held_by")
    found = assessment_of(
        referral,
        held_by=held_by.code if held_by else None,
        significant_conviction=answers.get("significant_conviction"),
    )
    return show(
        request,
        referral,
        "decide/confirm",
        read="decision_viewed",
        filled=form,
        verb=verb,
        decision=DECISIONS[verb],
        held_by=held_by,
        read_twice=_read_twice(referral, DECISIONS[verb], answers),
        route=_route_indicated(referral) if verb == "accept" else "",
        departures=_departures(referral, answers) if verb == "accept" else [],
        rules=triage.rules_shown(referral, frozen(found)),
        typed=[(name, value) for name, value in request.POST.items() if name in form.fields],
        refusals=reasons_not_to_decide(referral, verb, request.user),
    )


@require_http_methods(["GET", "POST"])
def reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """A refusal comes back to triage on something new."""
    referral = visible(request, reference, "reopen")
    form, status = bind(ReopenForm, request), 200
    if form.is_valid():
        try:
            actions.reopen(referral_id=referral.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{reference} is in triage again, and you hold it")
            return go("referrals:detail", reference)
    return show(
        request,
        referral,
        "decide/reopen",
        read="decision_viewed",
        status=status,
        form=form,
        refusals=referral.reasons_not_to_move("reopen"),
    )
