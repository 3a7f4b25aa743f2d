"""Lists of cases, one case and its parts, and every verb of casework."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from casework import actions, forms, lists
from casework.api.finding import find, shown, viewed, visible
from casework.api.serializers import (
    CaseLineSerializer,
    CaseSerializer,
    LoadSerializer,
    NoteSerializer,
    ProgressSerializer,
)
from casework.models import Case
from casework.permissions import WHO_MAY
from nexus.api.before import Verb
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING
from nexus.audit.recording import record
from nexus.ui.lists import Sort

FILTERS = [
    OpenApiParameter(name, many=name == "state", description=f"As on the page of cases: {name}")
    for name in ("state", "due", "stalled", "case_owner", "force", "route", "sort", "after", "before")
]


@extend_schema(
    operation_id="case_list", parameters=FILTERS, responses={200: list_of(CaseLineSerializer), **READING}
)
@endpoint("GET")
def case_list(request: Call) -> Response:
    """Every case that is not closed, with the page's filters."""
    WHO_MAY.permit("view", request.user)
    now, filters = timezone.now(), forms.CaseFilter(request._request.GET)
    filters.is_valid()
    found = lists.filtered(visible(request), filters.cleaned_data, now=now)
    sort = Sort(request._request, lists.SORTS, default="next")
    page = page_of(found, request, order=sort.order, anchors=visible(request))
    record(kind="case.listed", by=request.user, subjects=page.rows, now=now)
    return listed(page, request, CaseLineSerializer(page.rows, many=True).data)


@extend_schema(operation_id="case_read", responses={200: CaseSerializer, **READING})
@endpoint("GET")
def case(request: Call, reference: str) -> Response:
    """One case: where it stands, what stands in its way, what is to be done."""
    found = find(request, reference)
    WHO_MAY.permit("view", request.user)
    viewed(request, found, "summary")
    return Response(shown(request, found))


def part(
    name: str, serializer: Any, rows: Callable[[Case], QuerySet[Any]], order: list[str]
) -> Callable[..., Any]:
    """The view of a list that belongs to one case."""

    @extend_schema(operation_id=f"case_{name}_list", responses={200: list_of(serializer), **READING})
    @endpoint("GET")
    def view(request: Call, reference: str) -> Response:
        found = find(request, reference)
        WHO_MAY.permit("view", request.user)
        viewed(request, found, name)
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


@extend_schema(operation_id="workload_read", responses={200: LoadSerializer(many=True), **READING})
@endpoint("GET")
def workload(request: Call) -> Response:
    """What each case-owner has."""
    WHO_MAY.permit("view_workload", request.user)
    now = timezone.now()
    record(kind="workload.viewed", by=request.user, now=now)
    loads = lists.workload(Case.objects.visible_to(request.user), now=now)
    return Response(LoadSerializer(loads, many=True).data)


def about(row: Case, request: Call) -> dict[str, Any]:
    """What every form about a case needs besides the body."""
    return {"case": row, "by": request.user}


# The forms are the pages'. Documents are added on the page: JSON carries no files.
VERBS = {
    "allocate": Verb(actions.allocate, forms.AllocateForm, about),
    "assign": Verb(actions.assign, forms.AssignForm, about),
    "reassign": Verb(actions.reassign, forms.ReassignForm, about),
    "plan": Verb(actions.plan, forms.PlanForm, about),
    "record_progress": Verb(actions.record_progress, forms.ProgressForm, about),
    "add_note": Verb(actions.add_note, forms.NoteForm, about),
    "add_task": Verb(actions.add_task, forms.TaskForm, about),
    "complete_task": Verb(actions.complete_task, at="tasks/<int:task_id>/complete/"),
    "record_barrier": Verb(actions.record_barrier, forms.BarrierForm, about),
    "lift_barrier": Verb(
        actions.lift_barrier, forms.LiftBarrierForm, about, at="barriers/<int:barrier_id>/lift/"
    ),
    "change_route": Verb(actions.change_route, forms.RouteForm, about),
    "record_outcome": Verb(actions.record_outcome, forms.OutcomeForm, about),
    "close": Verb(actions.close),
}
