"""Lists of cases, one case and its parts, and the workload."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from casework import forms, lists
from casework.api.finding import shown
from casework.api.serializers import (
    CaseLineSerializer,
    CaseSerializer,
    LoadSerializer,
    NoteSerializer,
    ProgressSerializer,
)
from casework.lists import CASES
from casework.models import Case
from casework.permissions import WHO_MAY
from nexus.api.asking import CURSORS, known_filters, known_sort
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.resources import PLACE
from nexus.audit.recording import record
from nexus.ui.lists import Sort

ASKED_FOR = ("state", "due", "stalled", "case_owner", "force", "route", "sort", *CURSORS)
FILTERS = [
    OpenApiParameter(name, many=name == "state", description=f"As on the page of cases: {name}")
    for name in ASKED_FOR
]


@extend_schema(operation_id="case_list", parameters=FILTERS, responses={200: list_of(CaseLineSerializer)})
@endpoint("GET", query=ASKED_FOR, roles=WHO_MAY["view"])
def case_list(request: Call) -> Response:
    """Every case that is not closed, with the page's filters."""
    WHO_MAY.permit("view", request.user)
    now, filters = timezone.now(), known_filters(forms.CaseFilter(request._request.GET))
    known_sort(request.query_params, lists.SORTS)
    everything = CASES.seen(request.user)
    found = lists.filtered(everything, filters, now=now)
    sort = Sort(request._request, lists.SORTS, default="next")
    page = page_of(found, request, order=sort.order, anchors=everything)
    CASES.listed(request.user, page.rows)
    return listed(page, request, CaseLineSerializer(page.rows, many=True).data)


@extend_schema(operation_id="case_read", responses={200: CaseSerializer})
@endpoint("GET", roles=WHO_MAY["view"])
def case(request: Call, reference: str) -> Response:
    """One case: where it stands, what stands in its way, what is to be done."""
    found = CASES.open(request.user, "view", reference=reference)
    CASES.viewed(request.user, found, part="summary")
    return Response(shown(request, found))


def part(
    name: str, serializer: Any, rows: Callable[[Case], QuerySet[Any]], order: list[str]
) -> Callable[..., Any]:
    """The view of a list that belongs to one case."""

    @extend_schema(operation_id=f"case_{name}_list", parameters=PLACE, responses={200: list_of(serializer)})
    @endpoint("GET", query=CURSORS, roles=WHO_MAY["view"])
    def view(request: Call, reference: str) -> Response:
        found = CASES.open(request.user, "view", reference=reference)
        CASES.viewed(request.user, found, part=name)
        page = page_of(rows(found), request, order=order)
        return listed(page, request, serializer(page.rows, many=True).data)

    view.__name__ = name
    return view


progress = part(
    "progress",
    ProgressSerializer,
    lambda case: case.progress.select_related("recorded_by"),
    ["-happened_on", "-pk"],
)
notes = part(
    "notes", NoteSerializer, lambda case: case.notes.select_related("written_by"), ["-written_at", "-pk"]
)


@extend_schema(operation_id="workload_read", responses={200: LoadSerializer(many=True)})
@endpoint("GET", roles=WHO_MAY["view_workload"])
def workload(request: Call) -> Response:
    """What each case-owner has."""
    WHO_MAY.permit("view_workload", request.user)
    now = timezone.now()
    record(kind="workload.viewed", by=request.user, now=now)
    loads = lists.workload(Case.objects.visible_to(request.user), now=now)
    return Response(LoadSerializer(loads, many=True).data)
