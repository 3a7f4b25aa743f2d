"""Lists: the work of the CIO and HMI, what a force is asked, the tasking discussion, verbal authorisations."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.engagement import lists
from casework.engagement.forms import DiscussionFilter, EngagementFilter
from casework.engagement.lists import OPERATIONS
from casework.engagement.models import Engagement
from casework.engagement.permissions import WHO_MAY
from casework.forms import SearchForm
from nexus.requests import SignedInRequest
from nexus.ui.lists import Sort
from nexus.ui.paging import KeysetPage


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """The Home Office's list with filters; for the police what their force is asked."""
    WHO_MAY.permit("view", request.user)
    return desk(request) if WHO_MAY.may("view_inside", request.user) else asked_of_us(request)


def desk(request: SignedInRequest) -> HttpResponse:
    now, filters = timezone.now(), EngagementFilter(request.GET)
    filters.is_valid()
    everything = lists.engagements(Engagement.objects.visible_to(request.user))
    found = lists.filtered(everything, filters.cleaned_data, by=request.user)
    sort = Sort(request, lists.SORTS, default="when")
    page = KeysetPage(found, request, order=sort.order, anchors=everything)
    OPERATIONS.listed(request.user, page.rows)
    context = {
        "page": page,
        "lines": [lists.line(engagement, now=now) for engagement in page],
        "filters": filters,
        "sort": sort,
        "may_discuss": WHO_MAY.may("view_discussion", request.user),
        "calls": SearchForm() if WHO_MAY.may("log_verbal", request.user) else None,
        "may_see_verbal": WHO_MAY.may("view_verbal", request.user),
    }
    return render(request, "casework/engagement/list.html", context)


def asked_of_us(request: SignedInRequest) -> HttpResponse:
    """The newest tasking first; what has been called back says so and nothing else."""
    now = timezone.now()
    filters = EngagementFilter(request.GET)
    filters.is_valid()
    found = lists.engagements(Engagement.objects.visible_to(request.user))
    chosen = filters.cleaned_data.get("state")
    wanted = found.filter(Q(state__in=chosen, tasked_sha256__gt="") if chosen else Q())
    page = KeysetPage(wanted, request, order=["-tasked_at"], anchors=found)
    OPERATIONS.listed(request.user, page.rows)
    lines = [lists.line(engagement, now=now) for engagement in page]
    return render(request, "casework/engagement/asked.html", {"page": page, "lines": lines, "chosen": chosen})


@require_GET
def discussion(request: SignedInRequest) -> HttpResponse:
    """Everything pending by region and date, on one page to be printed."""
    WHO_MAY.permit("view_discussion", request.user)
    now, filters = timezone.now(), DiscussionFilter(request.GET)
    filters.is_valid()
    seen = Engagement.objects.visible_to(request.user)
    regions = lists.for_discussion(seen, filters.cleaned_data, now=now)
    lines = [line for _, lines in regions for line in lines]
    OPERATIONS.listed(request.user, [line.engagement for line in lines])
    context = {"regions": regions, "total": len(lines), "at": now, "filters": filters}
    return render(request, "casework/engagement/discussion.html", context)


@require_GET
def verbal(request: SignedInRequest) -> HttpResponse:
    """Verbal authorisations: those still to be written up, the longest due at the top; then the others."""
    WHO_MAY.permit("view_verbal", request.user)
    now = timezone.now()
    found = lists.verbal_ones(Engagement.objects.visible_to(request.user))
    written = found.filter(written_up_at__isnull=False)
    page = KeysetPage(written, request, order=["-written_up_at"])
    unwritten = found.filter(lists.to_write_up()).order_by("write_up_due_at")
    OPERATIONS.listed(request.user, [*unwritten, *page.rows])
    context = {
        "unwritten": [lists.line(engagement, now=now) for engagement in unwritten],
        "page": page,
        "lines": [lists.line(engagement, now=now) for engagement in page],
        "now": now,
    }
    return render(request, "casework/engagement/verbal.html", context)
