"""Who is away, and the moving of what cannot wait for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions
from casework.actions.absences import reasons_not_to_move
from casework.forms import AbsenceForm, MoveWorkForm
from casework.lists import Work, work_of, workload
from casework.models import Absence, Case
from casework.permissions import ABSENCES
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Absences that are not over, the next first."""
    ABSENCES.permit("record_absence", request.user)
    today = timezone.localdate()
    rows = Absence.objects.filter(last_day__gte=today, cancelled_at=None).select_related("person")
    page = KeysetPage(rows, request, order=["first_day"])
    record(kind="absence.listed", by=request.user, subjects=page.rows, now=timezone.now())
    return render(request, "casework/absences.html", {"page": page, "today": today})


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Who is away, from when to when."""
    ABSENCES.permit("record_absence", request.user)
    form = bind(AbsenceForm, request)
    if form.is_valid():
        try:
            absence = actions.record_absence(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "The absence is recorded. Move what cannot wait")
            return redirect("casework:move_work", absence.person_id)
    context = {
        "form": form,
        "heading": "Record an absence",
        "lead": "Nothing moves by itself. On the next page you choose what cannot wait.",
        "button": "Record the absence",
        "cancel_url": reverse("casework:absences"),
    }
    return render(request, "components/question_page.html", context)


@require_POST
def cancel(request: SignedInRequest, absence_id: int) -> HttpResponse:
    """They are there after all, or back early."""
    ABSENCES.permit("cancel_absence", request.user)
    absence = get_object_or_404(Absence, pk=absence_id)
    try:
        actions.cancel_absence(absence_id=absence.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("casework:absences"))
    messages.success(request, "The absence is cancelled. What was moved stays where it is")
    return redirect("casework:absences")


@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, person_id: int) -> HttpResponse:
    """What one person has; what of it goes to whom; the preview; then the act, all of it or nothing."""
    ABSENCES.permit("move_work", request.user)
    person = get_object_or_404(User, pk=person_id)
    work = work_of(person, by=request.user)
    loads = workload(Case.objects.visible_to(request.user), now=timezone.now())
    form, step, status = bind(MoveWorkForm, request, work=work, loads=loads), request.POST.get("step"), 200
    if form.is_valid() and step != "change":
        refusals = against(form, work)
        if not refusals and step != "confirm":
            return show(request, form, work, preview=True)
        try:
            if refusals:
                raise Refused(refusals)
            moved = carry_out(request, form, work)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"Moved to {form.cleaned_data['to']}: {count(moved, 'thing')}")
            return redirect("casework:move_work", person_id)
    return show(request, form, work, status=status)


def chosen(form: MoveWorkForm, work: Work) -> Work:
    """The part of the work that was chosen."""
    keys = form.chosen()
    return Work(
        work.person,
        cases=[case for case in work.cases if case.pk in keys["cases"]],
        next_actions=[case for case in work.next_actions if case.pk in keys["next_actions"]],
        tasks=[task for task in work.tasks if task.pk in keys["tasks"]],
    )


def against(form: MoveWorkForm, work: Work) -> list[str]:
    part = chosen(form, work)
    return reasons_not_to_move(
        cases=part.cases,
        next_actions=part.next_actions,
        tasks=part.tasks,
        to=form.cleaned_data["to"],
        of=work.person,
    )


def carry_out(request: SignedInRequest, form: MoveWorkForm, work: Work) -> int:
    return actions.move_work(
        by=request.user,
        now=timezone.now(),
        of=work.person,
        to=form.cleaned_data["to"],
        reason=form.cleaned_data["reason"],
        **form.chosen(),
    )


def show(
    request: SignedInRequest, form: MoveWorkForm, work: Work, *, preview: bool = False, status: int = 200
) -> HttpResponse:
    subjects = [*work.cases, *work.next_actions]
    record(
        kind="workload.work_viewed",
        by=request.user,
        subjects=subjects,
        now=timezone.now(),
        detail={"person": work.person.pk},
    )
    today = timezone.localdate()
    absences = work.person.absences.filter(cancelled_at=None, last_day__gte=today)
    context = {"form": form, "work": work, "preview": preview, "absences": absences}
    if preview:
        part = chosen(form, work).choices()
        context["part"] = {name: [words for _, words in choices] for name, choices in part.items()}
        context["typed"] = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    return render(request, "casework/move_work.html", context, status=status)
