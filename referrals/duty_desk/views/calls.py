"""Live-time referrals by telephone: taking a call, the list with the clocks running, one call."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import actions, queries
from referrals.duty_desk.actions.calls import reasons_not_to_advise
from referrals.duty_desk.forms.telephone import AdviceForm, CallForm
from referrals.duty_desk.permissions import CALLS, WHO_MAY
from referrals.models import Referral


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Being completed first, by custody clock; then those the force has sent."""
    CALLS.permit("view_calls", request.user)
    now = timezone.now()
    page = KeysetPage(queries.calls(request.user), request, order=queries.ORDER)
    seen = [call.referral for call in page.rows]
    record(kind="call.listed", by=request.user, subjects=seen, now=now)
    context = {
        "page": page,
        "clocks": {call.pk: queries.custody_of(call.referral, now) for call in page.rows},
        "may_take": CALLS.may("take_call", request.user),
        "at_desk": WHO_MAY.may("view_desk", request.user),
    }
    return render(request, "referrals/duty_desk/calls.html", context)


@require_http_methods(["GET", "POST"])
def take(request: SignedInRequest) -> HttpResponse:
    """The shortened form, saved at once."""
    CALLS.permit("take_call", request.user)
    form, status = bind(CallForm, request, initial={"key": uuid4()}), 200
    if form.is_valid():
        try:
            call = actions.take_call(by=request.user, now=timezone.now(), **form.answers())
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            done = f"{call.referral.reference} is begun, and the force is told"
            if form.cleaned_data["account"] and call.account is None:
                done += (
                    f", but nobody by name: no officer of {call.referral.force} signs in with that address"
                )
            messages.success(request, done)
            return redirect("duty_desk:call", call.pk)
    context = {"form": form, "back_url": reverse("duty_desk:calls")}
    return render(request, "referrals/duty_desk/take_call.html", context, status=status)


@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, call_id: int) -> HttpResponse:
    """What was said, the clock, what was advised; and a place to write down what is said next."""
    found = queries.calls(request.user).select_related("referral__force", "taken_by", "account")
    call = get_object_or_404(found, pk=call_id)
    CALLS.permit("log_advice" if request.method == "POST" else "view_calls", request.user)
    now, form, status = timezone.now(), bind(AdviceForm, request), 200
    if form.is_valid():
        try:
            actions.log_advice(call_id=call.pk, by=request.user, now=now, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "What was said is written down")
            return redirect("duty_desk:call", call.pk)
    record(kind="call.viewed", by=request.user, subject=call.referral, now=now)
    context = {
        "call": call,
        "referral": call.referral,
        "clock": queries.custody_of(call.referral, now),
        "advice": call.advice.select_related("by"),
        "form": form,
        "may_advise": CALLS.may("log_advice", request.user) and not reasons_not_to_advise(call.referral),
        "may_read": Referral.objects.visible_to(request.user).filter(pk=call.referral_id).exists(),
        "at_desk": WHO_MAY.may("view_desk", request.user),
        "back_url": reverse("duty_desk:calls"),
    }
    return render(request, "referrals/duty_desk/call.html", context, status=status)
