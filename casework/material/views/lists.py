"""All Nexus material of Liverpool's cases, with what comes next and who must act."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material import queries
from casework.material.forms import MaterialFilter
from casework.material.lists import MATERIAL
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.waiting import counted_lines


@require_GET
def list_(request: SignedInRequest) -> HttpResponse:
    """What changed longest ago comes first: it has waited longest."""
    WHO_MAY.permit("view_inside", request.user)
    filters = MaterialFilter(request.GET)
    filters.is_valid()
    everything = queries.with_due_day(request.user)
    page = KeysetPage(
        filtered(everything, filters, request), request, order=["changed_at"], anchors=everything
    )
    MATERIAL.listed(request.user, page.rows)
    now = timezone.now()
    waiting = queries.work_waiting(user=request.user, now=now)
    context = {
        "page": page,
        "filters": filters,
        "today": timezone.localdate(now),
        "elsewhere": [each for each in counted_lines(waiting) if each.count],
    }
    return render(request, "casework/material/list.html", context)


def filtered(
    material: QuerySet[Material], filters: MaterialFilter, request: SignedInRequest
) -> QuerySet[Material]:
    wanted = filters.cleaned_data
    if wanted.get("state"):
        material = material.filter(state=wanted["state"])
    if wanted.get("mine"):
        material = material.filter(case__case_owner=request.user)
    if wanted.get("for_appeals"):
        material = material.filter(queries.FOR_APPEALS)
    if wanted.get("overdue"):
        material = material.filter(queries.overdue(timezone.localdate()))
    if wanted.get("unanswered"):
        material = material.filter(queries.UNANSWERED)
    return material
