"""Live-time referrals by telephone: the list with the clocks running, one call."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import queries
from referrals.duty_desk.actions.calls import reasons_not_to_advise
from referrals.duty_desk.forms.telephone import AdviceForm
from referrals.duty_desk.lists import TELEPHONED
from referrals.duty_desk.models import TelephoneReferral
from referrals.duty_desk.permissions import CALLS, WHO_MAY
from referrals.models import Referral


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Being completed first, by custody clock; then those the force has sent."""
    CALLS.permit("view_calls", request.user)
    now = timezone.now()
    page = KeysetPage(queries.calls(request.user), request, order=queries.ORDER)
    TELEPHONED.listed(request.user, page.rows)
    context = {
        "page": page,
        "clocks": {call.pk: queries.custody_of(call.referral, now) for call in page.rows},
        "may_take": CALLS.may("take_call", request.user),
        "at_desk": WHO_MAY.may("view_desk", request.user),
    }
    return render(request, "referrals/duty_desk/calls.html", context)


@require_GET
def detail(request: SignedInRequest, call_id: int) -> HttpResponse:
    """What was said, the clock, what was advised; and a place to write down what is said next."""
    return show_call(request, TELEPHONED.open(request.user, "view_calls", call_id=call_id), AdviceForm())


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
