"""Lists of cases, one case and its parts, and every verb of casework."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
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
from casework.models import Barrier, Case, CaseTask
from casework.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, call, verb_view
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
    record(kind="case.listed", by=request.user, subjects=page.rows, now=now, request_id=request.id)
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
    record(kind="workload.viewed", by=request.user, now=now, request_id=request.id)
    loads = lists.workload(Case.objects.visible_to(request.user), now=now)
    return Response(LoadSerializer(loads, many=True).data)


def wanted(row: Case, by: User) -> dict[str, Any]:
    """What every form about a case needs besides the body."""
    return {"case": row, "by": by}


def owned(action: Callable[..., Any], missing: type[Barrier] | type[CaseTask]) -> Callable[..., Any]:
    """An act on something of the case's own; somebody else's is not found."""
    act = call(action, key="case_id")

    def do(**values: Any) -> Any:
        try:
            return act(**values)
        except missing.DoesNotExist:
            raise Http404 from None

    do.__doc__ = act.__doc__
    return do


# The forms are the pages'. Documents are added on the page: JSON carries no files.
FORMS: dict[str, type[forms.CaseForm] | None] = {
    "allocate": forms.AllocateForm,
    "assign": forms.AssignForm,
    "reassign": forms.ReassignForm,
    "plan": forms.PlanForm,
    "record_progress": forms.ProgressForm,
    "add_note": forms.NoteForm,
    "add_task": forms.TaskForm,
    "record_barrier": forms.BarrierForm,
    "change_route": forms.RouteForm,
    "record_outcome": forms.OutcomeForm,
    "close": None,
}


def door(
    verb: str, form: type[forms.CaseForm] | None, act: Callable[..., Any], *ids: str
) -> Callable[..., Any]:
    """The endpoint of one verb; `ids` name what of the address the action needs besides the case."""
    return verb_view(
        verb,
        ids=ids,
        noun="case",
        who_may=WHO_MAY,
        find=find,
        act=act,
        form=form,
        form_wants=wanted,
        answer=shown,
        shape=CaseSerializer,
    )


VERBS = {verb: door(verb, form, call(getattr(actions, verb), key="case_id")) for verb, form in FORMS.items()}
lift_barrier = door("lift_barrier", forms.LiftBarrierForm, owned(actions.lift_barrier, Barrier), "barrier_id")
complete_task = door("complete_task", None, owned(actions.complete_task, CaseTask), "task_id")
