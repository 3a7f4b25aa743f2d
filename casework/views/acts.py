"""One page for each thing that is done to a case: a short form, one action, and back to its tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions, forms
from casework.actions.barriers import reasons_against_lifting
from casework.actions.owners import reasons_not_to_allocate, reasons_not_to_assign
from casework.actions.steps import reasons_not_to
from casework.lists import workload
from casework.models import Case
from casework.views.frame import show, visible
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.views import conflict


@dataclass(frozen=True)
class Act:
    """What a page does: its action, its form, its words, and the tab it returns to."""

    verb: str
    act: Callable[..., Any]
    form: type[forms.CaseForm]
    heading: str
    button: str
    done: str
    tab: str
    lead: str = ""


ACTS = {
    act.verb: act
    for act in (
        Act(
            "allocate",
            actions.allocate,
            forms.AllocateForm,
            "Allocate the case to Liverpool",
            "Allocate the case",
            "The case is allocated to Nexus High Harm, Liverpool",
            "detail",
            lead="The flag does not move a case. Allocate it only when the team that had it gave it up.",
        ),
        Act(
            "assign",
            actions.assign,
            forms.AssignForm,
            "Assign a case-owner",
            "Assign the case",
            "The case has a case-owner",
            "detail",
        ),
        Act(
            "reassign",
            actions.reassign,
            forms.ReassignForm,
            "Reassign the case",
            "Reassign the case",
            "The case has a new case-owner",
            "detail",
            lead="Their open tasks on this case, and a next action of theirs, go with it.",
        ),
        Act(
            "plan",
            actions.plan,
            forms.PlanForm,
            "Plan the next action",
            "Save the next action",
            "The next action is planned",
            "detail",
        ),
        Act(
            "record_progress",
            actions.record_progress,
            forms.ProgressForm,
            "Record progress",
            "Record progress",
            "The progress is recorded. Check that the next action is still right",
            "progress",
        ),
        Act(
            "add_note",
            actions.add_note,
            forms.NoteForm,
            "Add a note",
            "Add the note",
            "The note is added",
            "notes",
        ),
        Act(
            "add_task",
            actions.add_task,
            forms.TaskForm,
            "Add a task",
            "Add the task",
            "The task is added",
            "tasks",
        ),
        Act(
            "add_document",
            actions.add_document,
            forms.DocumentForm,
            "Add a document",
            "Add the document",
            "The document is added. It can be opened once it has been checked for viruses",
            "documents",
        ),
        Act(
            "record_barrier",
            actions.record_barrier,
            forms.BarrierForm,
            "Record a barrier to removal",
            "Record the barrier",
            "The barrier is recorded",
            "detail",
            lead="While a barrier is open, nobody can record that the subject was removed or deported.",
        ),
        Act(
            "relate",
            actions.relate,
            forms.RelateForm,
            "Relate another case",
            "Relate the cases",
            "The cases are related. Both pages say so",
            "related",
        ),
        Act(
            "add_person",
            actions.add_person,
            forms.PersonForm,
            "Add a related person",
            "Add the person",
            "The person is added",
            "related",
            lead="A partner, a child, a co-offender, a victim or a witness: somebody who has no case here.",
        ),
        Act(
            "change_route",
            actions.change_route,
            forms.RouteForm,
            "Change the route",
            "Change the route",
            "The route is changed",
            "detail",
        ),
    )
}

# What stands against an act beyond the case's state and whose case it is; shown before anything is typed.
BEFOREHAND: dict[str, Callable[[Case], list[str]]] = {
    "allocate": reasons_not_to_allocate,
    "assign": reasons_not_to_assign,
}


def page_for(verb: str) -> Callable[..., HttpResponse]:
    """The view of one act, named after its verb."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, reference: str) -> HttpResponse:
        case, by = visible(request, reference, verb), request.user
        reasons = BEFOREHAND[verb](case) if verb in BEFOREHAND else reasons_not_to(verb, case, by)
        return carry_out(request, case, ACTS[verb], reasons, extra=form_context(verb, request.user))

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = ACTS[verb].heading
    return view


def form_context(verb: str, by: User) -> dict[str, Any]:
    """What a form needs to know beyond its case: who assigns sees what each case-owner has."""
    if verb not in ("assign", "reassign"):
        return {}
    return {"loads": workload(Case.objects.visible_to(by), now=timezone.now())}


def carry_out(
    request: SignedInRequest,
    case: Case,
    act: Act,
    reasons: list[str],
    *,
    extra: dict[str, Any] | None = None,
    **ids: int,
) -> HttpResponse:
    """Show the form; once it is filled in make the one call. Reasons stand first where there are any."""
    back_url = reverse(f"casework:{act.tab}", args=[case.referral.reference])
    words = {"act": act, "back_url": back_url}
    if reasons and request.method == "GET":
        return show(request, case, act.verb, "refused", status=409, refusals=reasons, **words)
    form = bind(act.form, request, case=case, by=request.user, **(extra or {}))
    status = 200
    if form.is_valid():
        try:
            act.act(case_id=case.pk, by=request.user, now=timezone.now(), **ids, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, act.done)
            return redirect(back_url)
    return show(request, case, act.verb, "act", status=status, form=form, **words)


LIFT = Act(
    "lift_barrier",
    actions.lift_barrier,
    forms.LiftBarrierForm,
    "Lift the barrier",
    "Lift the barrier",
    "The barrier is lifted",
    "detail",
)


@require_http_methods(["GET", "POST"])
def lift_barrier(request: SignedInRequest, reference: str, barrier_id: int) -> HttpResponse:
    """Lift one barrier, with a reason."""
    case = visible(request, reference, "lift_barrier")
    barrier = get_object_or_404(case.barriers, pk=barrier_id)
    reasons = reasons_against_lifting(case, barrier, request.user)
    return carry_out(request, case, LIFT, reasons, barrier_id=barrier.pk)


@require_POST
def complete_task(request: SignedInRequest, reference: str, task_id: int) -> HttpResponse:
    """Tick a task off: one button, nothing to fill in."""
    case = visible(request, reference, "complete_task")
    task = get_object_or_404(case.tasks, pk=task_id)
    back_url = reverse("casework:tasks", args=[reference])
    try:
        actions.complete_task(case_id=case.pk, task_id=task.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, back_url)
    messages.success(request, "The task is completed")
    return redirect(back_url)
