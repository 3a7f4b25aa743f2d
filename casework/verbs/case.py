"""Everything that is done to a case, a row a verb: its page and its endpoint are made from it (nexus/verbs.py)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers

from casework import actions, forms
from casework.actions.barriers import reasons_against_lifting
from casework.actions.outcome import (
    READINESS,
    goes_on,
    reasons_not_this_outcome,
    reasons_not_to_close,
)
from casework.actions.owners import reasons_not_to_allocate, reasons_not_to_assign
from casework.actions.tasks import reasons_not_to_complete
from casework.lists import CASES, workload
from casework.models import Barrier, Case, CaseOutcome, CaseTask
from casework.permissions import WHO_MAY
from casework.rules.trafficking import POSITIVE
from casework.verbs.related import RELATED
from casework.verbs.shared import about, standing_against, tab
from casework.views.frame import show
from nexus.accounts.models import User
from nexus.law import law
from nexus.refusals import refuse_if
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages

# A field for each thing that goes on, by its key among what `still_goes_on` of the case says.
CARRIED_OVER = {
    f"{forms.CARRIED}{{key}}": serializers.CharField(
        required=False, help_text="Why it goes on after the outcome: carry_operation_12, carry_challenge_3, …"
    ),
    f"{forms.CARRIED}{READINESS}": serializers.CharField(required=False, help_text=forms.WAS_READY),
}


def about_with_loads(case: Case, by: User) -> dict[str, Any]:
    """Who assigns sees what each case-owner has."""
    return {"case": case, "loads": workload(Case.objects.visible_to(by), now=timezone.now()), "by": by}


def barrier_of(case: Case, *, barrier_id: int) -> Barrier:
    return get_object_or_404(case.barriers, pk=barrier_id)


def what_is_left(barrier: Barrier) -> str:
    """After a positive decision about trafficking the barrier stands on."""
    if barrier.outcome in POSITIVE:
        return "The decision is recorded. The barrier stands on"
    return "The barrier is lifted"


def task_of(case: Case, *, task_id: int) -> CaseTask:
    return get_object_or_404(case.tasks, pk=task_id)


def outcome_to_check(case: Case, by: User, form: forms.OutcomeForm) -> dict[str, Any]:
    """What is about to be recorded. Raises Refused where this outcome would be refused."""
    answers = form.answers()
    refuse_if(reasons_not_this_outcome(case, by=by, now=timezone.now(), **answers))
    left = goes_on(case, answers["outcome"], answers["outcome_on"])
    carried = [(each.words, answers["carried_over"][each.key]) for each in left]
    return {**answers, "outcome": CaseOutcome(answers["outcome"]).label, "carried": carried}


VERBS = {
    "allocate": Verb(
        action=actions.allocate,
        form=forms.AllocateForm,
        heading="Allocate the case to Liverpool",
        button="Allocate the case",
        success="The case is allocated to Nexus High Harm, Liverpool",
        lead="The flag does not move a case. Allocate it only if the team that had it has given it up.",
        reasons_against=lambda case, by, now: reasons_not_to_allocate(case),
    ),
    "assign": Verb(
        action=actions.assign,
        form=forms.AssignForm,
        heading="Assign a case-owner",
        button="Assign the case",
        success="The case has a case-owner",
        reasons_against=lambda case, by, now: reasons_not_to_assign(case),
        form_kwargs=about_with_loads,
    ),
    "reassign": Verb(
        action=actions.reassign,
        form=forms.ReassignForm,
        heading="Reassign the case",
        success="The case has a new case-owner",
        lead="Their open tasks and next action on this case move with it.",
        reasons_against=standing_against("reassign"),
        form_kwargs=about_with_loads,
    ),
    "plan": Verb(
        action=actions.plan,
        form=forms.PlanForm,
        heading="Plan the next action",
        button="Save the next action",
        success="The next action is planned",
        reasons_against=standing_against("plan"),
        form_kwargs=about,
    ),
    "record_progress": Verb(
        action=actions.record_progress,
        form=forms.ProgressForm,
        heading="Record progress",
        success="The progress is recorded. Check that the next action is still right",
        reasons_against=standing_against("record_progress"),
        form_kwargs=about,
        back=tab("progress"),
    ),
    "add_note": Verb(
        action=actions.add_note,
        form=forms.NoteForm,
        heading="Add a note",
        button="Add the note",
        success="The note is added",
        reasons_against=standing_against("add_note"),
        form_kwargs=about,
        back=tab("notes"),
        template="add_note",
    ),
    "add_task": Verb(
        action=actions.add_task,
        form=forms.TaskForm,
        heading="Add a task",
        button="Add the task",
        success="The task is added",
        reasons_against=standing_against("add_task"),
        back=tab("tasks"),
    ),
    "complete_task": Verb(
        action=actions.complete_task,
        heading="Complete the task",
        success="The task is completed",
        address="tasks/<int:task_id>/complete/",
        find_part=task_of,
        reasons_against=lambda task, by, now: reasons_not_to_complete(task.case, task, by),
        back=tab("tasks"),
        button_only=True,
    ),
    "record_barrier": Verb(
        action=actions.record_barrier,
        form=forms.BarrierForm,
        heading="Record a barrier to removal",
        button="Record the barrier",
        success="The barrier is recorded",
        lead="While a barrier is open, nobody can record that the subject was removed or deported.",
        reasons_against=standing_against("record_barrier"),
    ),
    "lift_barrier": Verb(
        action=actions.lift_barrier,
        form=forms.LiftBarrierForm,
        heading="Lift the barrier",
        success=what_is_left,
        address="barriers/<int:barrier_id>/lift/",
        find_part=barrier_of,
        reasons_against=lambda barrier, by, now: reasons_against_lifting(barrier.case, barrier, by),
        form_kwargs=lambda barrier, by: {"kind": barrier.kind},
        partial=True,
    ),
    "clarify": Verb(
        action=actions.clarify,
        form=forms.ClarifyForm,
        heading="Record what was found out",
        button="Record the answer",
        success="The answer is recorded",
        lead="Nobody is ready for removal while this is not known. Every earlier answer is kept.",
        reasons_against=standing_against("clarify"),
        initial_from=lambda asked: {"about": asked.get("about", "")},
    ),
    "give_removal_notice": Verb(
        action=actions.give_removal_notice,
        form=forms.RemovalNoticeForm,
        heading="Record a notice of removal",
        button="Record the notice",
        success="The notice and the end of its period are recorded",
        reasons_against=standing_against("give_removal_notice"),
        page_context=lambda case, by: {"law": law("removal_notice_period"), "today": timezone.localdate()},
        template="give_removal_notice",
    ),
    "change_route": Verb(
        action=actions.change_route,
        form=forms.RouteForm,
        heading="Change the route",
        success="The route is changed",
        reasons_against=standing_against("change_route"),
        form_kwargs=about,
    ),
    "record_outcome": Verb(
        action=actions.record_outcome,
        form=forms.OutcomeForm,
        heading="Record the outcome",
        success="The outcome is recorded. Close the case when nothing is left to do",
        warns=True,
        reasons_against=standing_against("record_outcome"),
        form_kwargs=about,
        check_context=outcome_to_check,
        extra_fields=CARRIED_OVER,
        template="record_outcome",
    ),
    "close": Verb(
        action=actions.close,
        heading="Close the case",
        success="The case is closed",
        lead="A closed case can be read, and nothing can be added to it.",
        reasons_against=lambda case, by, now: reasons_not_to_close(case, by),
        warns=True,
        template="close",
    ),
}

# Only a page: the API carries no files.
ADD_DOCUMENT = {
    "add_document": Verb(
        action=actions.add_document,
        form=forms.DocumentForm,
        heading="Add a document",
        button="Add the document",
        success="The document is added. It can be opened once it has been checked for viruses",
        reasons_against=standing_against("add_document"),
        back=tab("documents"),
    ),
}


def show_verb(
    request: SignedInRequest, case: Case, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb in the frame of the case, in no tab."""
    template = context["verb"].template or "verb"
    return show(request, case, name, template, status=status, **context)


pages = VerbPages(
    verbs={**VERBS, **ADD_DOCUMENT, **RELATED},
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show_verb,
    back=tab("detail"),
)
