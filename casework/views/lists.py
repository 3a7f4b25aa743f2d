"""Lists of cases: the team's, those waiting for a case-owner, one's own, and the workload board."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework import lists
from casework.forms import CaseFilter, SearchForm
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.queries import mentions_of
from casework.states import State
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.lists import Sort
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched

MENTIONS_SHOWN = 5  # on one's own first page, the newest


def show_list(
    request: SignedInRequest,
    template: str,
    found: QuerySet[Case],
    *,
    default: str,
    keys_first: bool = False,
    **context: Any,
) -> HttpResponse:
    """One page of cases, sorted as the address says, written down as read. `keys_first` is for lists without an end."""
    now = timezone.now()
    everything = lists.CASES.seen(request.user)
    sort = Sort(request, lists.SORTS, default=default)
    page = KeysetPage(found, request, order=sort.order, anchors=everything, keys_first=keys_first)
    lists.CASES.listed(request.user, page.rows)
    lines = [lists.line(case, now=now) for case in page]
    context = {
        "page": page,
        "lines": lines,
        "sort": sort,
        "may_assign": WHO_MAY.may("assign", request.user),
    } | context
    return render(request, f"casework/{template}.html", context)


@searched(SearchForm, permit=partial(WHO_MAY.permit, "view"))
def list_(request: SignedInRequest, search: Search) -> HttpResponse:
    """Every case that is not closed, with filters and a search."""
    now, filters = timezone.now(), CaseFilter(request.GET)
    filters.is_valid()
    found = lists.filtered(lists.CASES.seen(request.user), filters.cleaned_data, now=now)
    if search.words:
        found = lists.search(found, search.words, now=now)
    return show_list(
        request,
        "list",
        found,
        default="next",
        keys_first=True,
        filters=filters,
        closed_left_out=not filters.cleaned_data.get("state"),
        **search.context,
    )


@require_GET
def unallocated(request: SignedInRequest) -> HttpResponse:
    """Liverpool's cases without a case-owner, the longest waiting first."""
    WHO_MAY.permit("assign", request.user)
    seen = Case.objects.visible_to(request.user)
    return show_list(
        request,
        "unallocated",
        lists.cases(seen.filter(lists.without_case_owner())),
        default="opened",
        flag_only=seen.filter(state=State.OPEN).count(),
    )


@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    """One's own cases by the date of the next action: overdue and today first, and said in words."""
    WHO_MAY.permit("view_mine", request.user)
    own = Case.objects.visible_to(request.user).filter(lists.owned_by(request.user))
    return show_list(
        request,
        "mine",
        lists.cases(own),
        default="next",
        counts=lists.due_counts(own, now=timezone.now()),
        tasks=lists.open_tasks_of(request.user).count(),
        stalled_after=lists.STALLED_AFTER,
        mentions=list(mentions_of(request.user)[:MENTIONS_SHOWN]),
        mentioned=mentions_of(request.user).count(),
    )


@require_GET
def my_tasks(request: SignedInRequest) -> HttpResponse:
    """One's own open tasks on every case, the nearest date first."""
    WHO_MAY.permit("complete_task", request.user)
    now = timezone.now()
    page = KeysetPage(lists.open_tasks_of(request.user), request, order=["due_on"])
    record(
        kind="case.tasks_listed",
        by=request.user,
        subjects=[task.case for task in page],
        now=now,
    )
    context = {"page": page, "today": timezone.localdate(now)}
    return render(request, "casework/my_tasks.html", context)


@require_GET
def workload(request: SignedInRequest) -> HttpResponse:
    """What waits for the manager, and who has how much, by stage; each count leads to the cases it counts."""
    WHO_MAY.permit("view_workload", request.user)
    now = timezone.now()
    seen = Case.objects.visible_to(request.user)
    record(kind="workload.viewed", by=request.user, now=now)
    context = {
        "teams": lists.board(seen, now=now),
        "points": [(stage.label, lists.points_of(stage)) for stage in lists.STAGES],
        "stalled": seen.filter(lists.is_stalled(now)).count(),
        "stages": lists.STAGES,
        "waiting": seen.filter(lists.without_case_owner()).count(),
        "stalled_after": lists.STALLED_AFTER,
    }
    return render(request, "casework/workload.html", context)


@require_GET
def stalled(request: SignedInRequest) -> HttpResponse:
    """Every case at work that is without progress, the quietest first."""
    WHO_MAY.permit("view_workload", request.user)
    seen = Case.objects.visible_to(request.user).filter(lists.is_stalled(timezone.now()))
    found = lists.cases(seen)
    return show_list(request, "stalled", found, default="progress", stalled_after=lists.STALLED_AFTER)
