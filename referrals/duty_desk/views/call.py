"""The page of one live-time call."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nexus.requests import SignedInRequest
from referrals.duty_desk import queries
from referrals.duty_desk.actions.calls import reasons_not_to_advise
from referrals.duty_desk.forms.telephone import AdviceForm
from referrals.duty_desk.lists import TELEPHONED
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.permissions import CALLS, WHO_MAY
from referrals.models import Referral


def show_call(
    request: SignedInRequest, call: TelephoneReferral, form: AdviceForm, *, status: int = 200
) -> HttpResponse:
    """The page of a call, written down as read."""
    TELEPHONED.viewed(request.user, call)
    context = {
        "call": call,
        "referral": call.referral,
        "clock": queries.custody_of(call.referral, timezone.now()),
        "advice": call.advice.select_related("by"),
        "form": form,
        "may_advise": CALLS.may("log_advice", request.user) and not reasons_not_to_advise(call.referral),
        "may_read": Referral.objects.visible_to(request.user).filter(pk=call.referral_id).exists(),
        "at_desk": WHO_MAY.may("view_desk", request.user),
        "back_url": reverse("duty_desk:calls"),
    }
    return render(request, "referrals/duty_desk/call.html", context, status=status)
