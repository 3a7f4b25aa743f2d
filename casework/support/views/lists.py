"""Lists of support requests: one's own or all that one may see, and those of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.support import queries
from casework.support.actions.ask import reasons_not_to_ask_for
from casework.support.forms import SupportFilter
from casework.support.ledger import asked_for_referral, given_to, ledger_of_referral, operations_of
from casework.support.models import SupportRequest
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.views.ledgers import both_sides
from casework.views.frame import show
from casework.views.frame import visible as visible_case
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """What is open first, the nearest day first."""
    by, filters = request.user, SupportFilter(request.GET, by=request.user)
    WHO_MAY.permit("view", by)
    filters.is_valid()
    seen = SupportRequest.objects.visible_to(by).annotate(over=queries.open_first())
    now = timezone.now()
    today = timezone.localdate(now)
    found = queries.filtered(seen, filters.cleaned_data, by=by, today=today)
    found = found.select_related("force", "asked_by", "referral")
    page = KeysetPage(found, request, order=["over", "due_on"], anchors=seen)
    record(
        kind="support.listed",
        by=by,
        subjects=page.rows,
        now=now,
        recipient=recipient_of(by),
    )
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
    case, by = visible_case(request, reference), request.user
    today, referral = timezone.localdate(), case.referral
    seen = SupportRequest.objects.visible_to(by).filter(referral=referral)
    rows = seen.select_related("force", "asked_by", "referral").order_by("-asked_at")
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
