"""The triage queue: everything undecided first, live-time on top, filters in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nexus.notifications.context import counted_already
from nexus.notifications.queries import unread_of
from nexus.requests import SignedInRequest
from nexus.ui.lists import Sort
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched
from referrals import queue as queries
from referrals.desk import actions as desk_actions
from referrals.desk import lists
from referrals.desk.models import SavedView
from referrals.desk.permissions import WHO_MAY as DESK
from referrals.desk.views.saved_views import queue_by
from referrals.finding import search as search_referrals
from referrals.forms.triage import QueueFilter, SearchForm
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.states import UNDECIDED


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with the words of a search kept in the session."""

    everything: QuerySet[Referral]
    found: QuerySet[Referral]
    filters: QueueFilter
    sort: Sort


def asked_of(request: SignedInRequest, words: str, now: datetime) -> Asked:
    filters = QueueFilter(request.GET)
    filters.is_valid()
    everything = queries.listed(Referral.objects.visible_to(request.user))
    found = queries.filtered(everything, filters.cleaned_data, by=request.user, now=now)
    if words:
        states = filters.cleaned_data.get("state") or UNDECIDED
        found = search_referrals(found, words, now=now, states=states)
    return Asked(everything, found, filters, Sort(request, queries.SORTS, default="clock"))


@searched(SearchForm, permit=partial(WHO_MAY.permit, "view_queue"))
def queue(request: SignedInRequest, search: Search) -> HttpResponse:
    """The list, or the view that the person's queue opens with."""
    views = lists.all_views(request.user)
    default = None if request.GET or search.form.is_bound else lists.default_of(views)
    return queue_by(default) if default else show(request, search, views=views)


def show(
    request: SignedInRequest,
    search: Search,
    status: int = 200,
    views: Sequence[SavedView] | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of the queue as the address has it; `views` are `all_views` where they have been read."""
    now, by = timezone.now(), request.user
    asked = asked_of(request, search.words, now)
    views = lists.all_views(by) if views is None else views
    besides = [asked.found, unread_of(by), lists.untold_claims(by)]
    counts, (total, unread, ended) = lists.counted(views[: lists.SHOWN], by=by, now=now, besides=besides)
    counted_already(request, unread)
    page = KeysetPage(
        asked.found,
        request,
        order=asked.sort.order,
        anchors=asked.everything,
        never_empty=queries.NEVER_EMPTY,
        total=total,
    )
    queries.fill_in(page.rows)
    REFERRALS.listed(by, page.rows)
    context = {
        "page": page,
        "lines": [queries.line(row, by=by, now=now) for row in page],
        "filters": asked.filters,
        "sort": asked.sort,
        **search.context,
        "ended_claims": desk_actions.tell_of_ended_claims(by=by, now=now) if ended else [],
        "saved": lists.to_save(asked.filters, request.GET),
        "views": counts,
        "may_claim": WHO_MAY.may("claim", by),
        "may_export": DESK.may("export", by),
        **more,
    }
    return render(request, "referrals/desk/queue.html", context, status=status)
