"""Who is away, and the moving of what cannot wait for them: whole, shown once more before it is done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from casework import actions, forms
from casework.actions.absences import reasons_not_to_move
from casework.lists import ABSENCE_ROWS, Work, work_of, workload
from casework.models import Case
from casework.permissions import ABSENCES
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages


def work_and_loads(person: User, by: User) -> dict[str, Any]:
    """What this person has, and how much each of the others."""
    loads = workload(Case.objects.visible_to(by), now=timezone.now())
    return {"work": work_of(person, by=by), "loads": loads}


def chosen(form: forms.MoveWorkForm) -> Work:
    """The part of the work that was chosen."""
    keys, work = form.chosen(), form.work
    return Work(
        work.person,
        cases=[case for case in work.cases if case.pk in keys["cases"]],
        next_actions=[case for case in work.next_actions if case.pk in keys["next_actions"]],
        tasks=[task for task in work.tasks if task.pk in keys["tasks"]],
    )


def move_to_check(person: User, by: User, form: forms.MoveWorkForm) -> dict[str, Any]:
    """What is about to be moved, in words. Raises Refused where it would be refused."""
    part, to = chosen(form), form.cleaned_data["to"]
    refuse_if(
        reasons_not_to_move(
            cases=part.cases, next_actions=part.next_actions, tasks=part.tasks, to=to, of=person
        )
    )
    part_in_words = {name: [words for _, words in choices] for name, choices in part.choices().items()}
    return {"to": to, "reason": form.cleaned_data["reason"], "part": part_in_words}


RECORD_ABSENCE = {
    "record_absence": Verb(
        action=actions.record_absence,
        form=forms.AbsenceForm,
        heading="Record an absence",
        button="Record the absence",
        success="Absence recorded. Move any work that cannot wait",
        lead="Nothing moves by itself. On the next page you choose what to move.",
        address="add/",
        next_page=lambda nothing, absence: reverse("casework:move_work", args=[absence.person_id]),
    ),
}
CANCEL_ABSENCE = {
    "cancel_absence": Verb(
        action=actions.cancel_absence,
        heading="Cancel the absence",
        success="Absence cancelled. Work already moved stays where it is",
        address="cancel/",
        button_only=True,
    ),
}
MOVE_WORK = {
    "move_work": Verb(
        action=actions.move_work,
        form=forms.MoveWorkForm,
        address="",
        heading="Move work",
        button="Move the work",
        success=lambda moved: f"The work is moved: {count(moved, 'thing')}",
        form_kwargs=work_and_loads,
        check_context=move_to_check,
        next_page=lambda person, moved: reverse("casework:move_work", args=[person.pk]),
    ),
}


def show_work(
    request: SignedInRequest,
    person: User,
    name: str,
    *,
    status: int,
    form: forms.MoveWorkForm,
    **context: Any,
) -> HttpResponse:
    """The page of one person's work, written down as read."""
    work, now = form.work, timezone.now()
    record(
        kind="workload.work_viewed",
        by=request.user,
        subjects=[*work.cases, *work.next_actions],
        now=now,
        detail={"person": person.pk},
    )
    absences = person.absences.filter(cancelled_at=None, last_day__gte=timezone.localdate(now))
    context |= {"form": form, "work": work, "absences": absences}
    return render(request, "casework/move_work.html", context, status=status)


record_absence_pages = VerbPages(
    verbs=RECORD_ABSENCE, who_may=ABSENCES, back=lambda nothing, by: reverse("casework:absences")
)
absence_pages = VerbPages(
    verbs=CANCEL_ABSENCE,
    who_may=ABSENCES,
    find=ABSENCE_ROWS.find,
    ids=lambda absence: {"absence_id": absence.pk},
    back=lambda absence, by: reverse("casework:absences"),
)
move_work_pages = VerbPages(
    verbs=MOVE_WORK,
    who_may=ABSENCES,
    find=lambda by, *, person_id: get_object_or_404(User, pk=person_id),
    ids=lambda person: {"of": person},
    show=show_work,
    back=lambda person, by: reverse("casework:workload"),
)
