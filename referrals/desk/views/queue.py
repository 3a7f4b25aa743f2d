"""The triage queue: everything undecided first, live-time on top, filters in the address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.environment import query
from nexus.ui.forms import bind
from nexus.ui.lists import Sort
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict
from referrals import actions
from referrals import queue as queries
from referrals.desk import actions as desk_actions
from referrals.desk import lists
from referrals.desk.views.saved_views import queue_by
from referrals.forms.triage import QueueFilter, SearchForm
from referrals.models import Referral
from referrals.permissions import WHO_MAY


@require_http_methods(["GET", "POST"])
def queue(request: SignedInRequest) -> HttpResponse:
    """The list; a posted search comes back as a key in the address."""
    WHO_MAY.permit("view_queue", request.user)
    search = bind(SearchForm, request)
    if search.is_valid():
        return redirect(
            request.path + query(request.GET, find=searches.remember(request, search.cleaned_data["words"]))
        )
    default = None if request.GET or search.is_bound else lists.default_view(request.user)
    if default:
        return queue_by(default)
    return show(request, search)


def show(request: SignedInRequest, search: SearchForm) -> HttpResponse:
    """The page of the queue as the address has it."""
    now, filters = timezone.now(), QueueFilter(request.GET)
    filters.is_valid()
    everything = queries.queue(Referral.objects.visible_to(request.user), now)
    found = queries.filtered(everything, filters.cleaned_data, by=request.user, now=now)
    words = searches.recall(request, request.GET.get("find", ""))
    if words:
        found = queries.search(found, words, now=now)
    sort = Sort(request, queries.SORTS, default="clock")
    page = KeysetPage(found, request, order=sort.order, anchors=everything)
    record(kind="referral.listed", by=request.user, subjects=page.rows, now=now, request_id=request.id)
    context = {
        "page": page,
        "lines": [queries.line(row, by=request.user, now=now) for row in page],
        "filters": filters,
        "sort": sort,
        "form": search,
        "words": words,
        "search_ended": bool(request.GET.get("find")) and not words,
        "ended_claims": desk_actions.tell_of_ended_claims(by=request.user, now=now),
        "saved": lists.to_save(filters, request.GET),
        "views": lists.counted(lists.views_for(request.user), by=request.user, now=now),
        "may_claim": WHO_MAY.may("claim", request.user),
    }
    return render(request, "desk/queue.html", context)


@require_POST
def take_next(request: SignedInRequest) -> HttpResponse:
    """Claim what is most urgent and open it."""
    try:
        referral = actions.take_next(by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, redirect("desk:queue").url)
    messages.success(request, f"You hold {referral.reference}, the next in the queue")
    return redirect("referrals:detail", referral.reference)
