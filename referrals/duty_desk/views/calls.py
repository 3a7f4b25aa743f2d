"""Live-time referrals by telephone: the list with the clocks running, one call."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import queries
from referrals.duty_desk.forms.telephone import AdviceForm
from referrals.duty_desk.lists import TELEPHONED
from referrals.duty_desk.permissions import CALLS, WHO_MAY
from referrals.duty_desk.verbs.calls import pages
from referrals.duty_desk.views.call import show_call


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Being completed first, by custody clock; then those the force has sent."""
    CALLS.permit("view_calls", request.user)
    now = timezone.now()
    page = KeysetPage(queries.calls(request.user), request, order=queries.ORDER)
    TELEPHONED.listed(request.user, page.rows)
    context = {
        "page": page,
        "old_clocks": {call.pk: call.referral.detention_question(now) for call in page.rows},
        "clocks": {call.pk: queries.custody_of(call.referral, now) for call in page.rows},
        "may_take": CALLS.may("take_call", request.user),
        "at_desk": WHO_MAY.may("view_desk", request.user),
    }
    return render(request, "referrals/duty_desk/calls.html", context)


@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, call_id: int) -> HttpResponse:
    """What was said, the clock, what was advised; and a place to log what is said next: its form is on this page."""
    if request.method == "POST":
        return pages.view("log_advice")(request, call_id=call_id)
    call = TELEPHONED.open(request.user, "view_calls", call_id=call_id)
    return show_call(request, call, bind(AdviceForm, request))
