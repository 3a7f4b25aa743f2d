"""The register of requests for access, and one request."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.law import law
from nexus.requests import SignedInRequest
from nexus.rights.items import undecided
from nexus.rights.lists import REQUESTS
from nexus.rights.permissions import WHO_MAY
from nexus.rights.states import State
from nexus.rights.verbs import pages
from nexus.ui.paging import KeysetPage


@require_GET
def register(request: SignedInRequest) -> HttpResponse:
    """Every request, what is to be answered first by its day; then what has ended."""
    WHO_MAY.permit("view", request.user)
    seen = REQUESTS.seen(request.user)
    ended = request.GET.get("show") == "ended"
    rows = seen.exclude(state=State.RECEIVED) if ended else seen.filter(state=State.RECEIVED)
    page = KeysetPage(rows, request, order=["due_on"], anchors=seen)
    REQUESTS.listed(request.user, page.rows)
    context = {
        "page": page,
        "ended": ended,
        "today": timezone.localdate(),
        "statement": law("subject_access"),
        "may_receive": WHO_MAY.may("receive", request.user),
    }
    return render(request, "nexus/rights/register.html", context)


@require_GET
def detail(request: SignedInRequest, request_id: int) -> HttpResponse:
    """One request: by when it is answered, the records found, what is to be decided, and what may be done now."""
    by, now = request.user, timezone.now()
    asked = REQUESTS.open(by, "view", request_id=request_id)
    REQUESTS.viewed(by, asked, page="detail")
    can = pages.available_to(asked, by, now=now)
    context = {
        "asked": asked,
        "records": list(asked.records.select_related("added_by")),
        "to_decide": len(undecided(asked)) if asked.state == State.RECEIVED else 0,
        "changes": asked.changes.select_related("by"),
        "can": can,
        "overdue": asked.state == State.RECEIVED and asked.due_on < timezone.localdate(now),
        "statement": law("subject_access"),
    }
    return render(request, "nexus/rights/detail.html", context)
