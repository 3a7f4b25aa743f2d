"""Lists of support requests: one's own or all that one may see, and those of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.support import queries
from casework.support.actions.ask import reasons_not_to_ask_for
from casework.support.forms import SupportFilter
from casework.support.ledger import asked_for_referral, given_to, ledger_of_referral, operations_of
from casework.support.lists import REQUESTS
from casework.support.permissions import WHO_MAY
from casework.support.views.ledgers import both_sides
from casework.views.frame import show
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """What is open first, the nearest day first."""
    by, filters = request.user, SupportFilter(request.GET, by=request.user)
    WHO_MAY.permit("view", by)
    filters.is_valid()
    seen, today = REQUESTS.seen(by), timezone.localdate()
    found = queries.filtered(seen, filters.cleaned_data, by=by, today=today)
    page = KeysetPage(found, request, order=["over", "due_on"], anchors=seen)
    REQUESTS.listed(by, page.rows)
    context = {
        "page": page,
        "rows": [(row, queries.standing_of(row, today)) for row in page],
        "filters": filters,
        "is_police": by.is_police,
        "may_ask_value_added": WHO_MAY.may("ask_value_added", by),
        "may_view_ledger": WHO_MAY.may("view_ledger", by),
    }
    return render(request, "casework/support/list.html", context)


@require_GET
def of_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """The tab of a case: what is asked of the force and how each commitment was kept, both ways."""
    by, today = request.user, timezone.localdate()
    case = CASES.open(by, "view", reference=reference)
    referral = case.referral
    rows = REQUESTS.seen(by).filter(referral=referral).order_by("-asked_at")
    things = asked_for_referral(referral, today)
    may_ask = WHO_MAY.may("ask", by)
    return show(
        request,
        case,
        "support",
        "casework/support/case",
        requests=[(row, queries.standing_of(row, today)) for row in rows],
        operations=operations_of(referral.force, referral, reader=by),
        given=given_to(referral.force, referral, reader=by),
        may_ask=may_ask,
        refusals=reasons_not_to_ask_for(referral, by) if may_ask else [],
        **both_sides(request, things, ledger_of_referral(things), reverse("support:case", args=[reference])),
    )
