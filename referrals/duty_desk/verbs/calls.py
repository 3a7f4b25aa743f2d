"""How a live-time call is taken, and what is written down of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from referrals.duty_desk import actions
from referrals.duty_desk.actions.calls import reasons_not_to_advise
from referrals.duty_desk.forms.telephone import AdviceForm, CallForm, LiveTimeForm
from referrals.duty_desk.lists import TELEPHONED
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.permissions import CALLS
from referrals.duty_desk.views.call import show_call


def page_of(call: TelephoneReferral) -> str:
    return reverse("duty_desk:call", args=[call.pk])


VERBS = {
    "log_advice": Verb(
        action=actions.log_advice,
        form=AdviceForm,
        heading="Log the advice",
        success="The advice is logged",
        reasons_against=lambda call, by, now: reasons_not_to_advise(call.referral),
    ),
}


def show(
    request: SignedInRequest,
    call: TelephoneReferral,
    name: str,
    *,
    status: int,
    form: AdviceForm,
    **context: Any,
) -> HttpResponse:
    """Its form stands on the page of the call."""
    return show_call(request, call, form, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=CALLS,
    find=TELEPHONED.find,
    ids=lambda call: {"call_id": call.pk},
    show=show,
    back=lambda call, by: page_of(call),
)


def taken(request: SignedInRequest, nothing: None, call: TelephoneReferral) -> HttpResponse:
    """On to the call. Who was named and not found is told: a wrong address never holds a call up."""
    told = f"{call.referral.reference} is begun, and the force is told"
    if request.POST.get("account") and call.account is None:
        told += f", but no named officer: nobody from {call.referral.force} signs in with that address"
    messages.success(request, told)
    return redirect(page_of(call))


TAKE = Verb(
    action=actions.take_call,
    form=CallForm,
    form_kwargs=lambda nothing, by: {"initial": {"key": uuid4()}},
    heading="Take a live-time call",
    button="Save the call",
    lead="Force, caller and why are enough: save, and go on talking. The force is told at once and completes the "
    "referral. Nothing can be decided before it has sent it, and somebody else than you will triage it.",
    address="take/",
    answer_with=taken,
    template="referrals/duty_desk/take_call.html",
)

take_pages = VerbPages(
    verbs={"take_call": TAKE}, who_may=CALLS, back=lambda nothing, by: reverse("duty_desk:calls")
)


RAISE = Verb(
    action=actions.raise_live_time,
    form=LiveTimeForm,
    form_kwargs=lambda nothing, by: {"initial": {"key": uuid4(), "caller": by.full_name}},
    heading="Raise a live-time referral",
    button="Send it now",
    lead="The force, your name and number, and why it is urgent are enough. The force is told at once, completes the "
    "referral and commits itself; the Duty Desk sees it with its custody clock. Nothing can be decided before that.",
    address="live-time/",
    answer_with=lambda request, nothing, call: redirect("referrals:submitted", call.referral.reference),
    template="referrals/duty_desk/take_call.html",
)

raise_pages = VerbPages(
    verbs={"raise_live_time": RAISE}, who_may=CALLS, back=lambda nothing, by: reverse("referrals:list")
)
