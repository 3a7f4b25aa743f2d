"""The rows of a draft: add another, change, remove with a question first; and a conviction's second page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.verbs import attempt, who_changed
from referrals import actions
from referrals.forms.events import LineOfEventForm
from referrals.forms.pages import TABLE_PAGE
from referrals.forms.rows import NOUNS, ROW_FORMS, ROW_MODELS, ConductForm, ConvictionForm, RowForm
from referrals.lists import REFERRALS
from referrals.models import ConductEvent, Referral
from referrals.rules.terms import CONVICTIONS, ConductKind
from referrals.states import State
from referrals.summary import summary_of
from referrals.views.draft import conduct_context, no_longer_a_draft, returning

HEADINGS = {
    ("Add", "alias"): "Add another name",
    ("Add", "nationality"): "Add a nationality",
    ("Add", "conduct"): "Add an event",
    ("Add", "attachment"): "Add a document",
    ("Change", "alias"): "Change this name",
    ("Change", "nationality"): "Change this nationality",
    ("Change", "conduct"): "Change this event",
    ("Change", "attachment"): "Change what is said of this document",
}


def back_to(request: SignedInRequest, referral: Referral, kind: str) -> str:
    """The page that lists rows of this kind."""
    path = reverse("referrals:section", args=[referral.reference, TABLE_PAGE[kind].key])
    return f"{path}?return=check" if returning(request) else path


def row_of(referral: Referral, kind: str, row_id: int) -> Model:
    """One of this referral's own rows, or 404."""
    if kind not in ROW_MODELS:
        raise Http404
    return get_object_or_404(ROW_MODELS[kind], pk=row_id, referral=referral)


@require_http_methods(["GET", "POST"])
def row_add(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """A new row."""
    referral = REFERRALS.open(request.user, "edit", reference=reference)
    if kind not in ROW_FORMS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    form = bind(ROW_FORMS[kind], request, referral=referral)
    return saved(
        request, referral, kind, form, add, HEADINGS["Add", kind], f"The {NOUNS[kind]} has been added"
    )


@require_http_methods(["GET", "POST"])
def row_change(
    request: SignedInRequest, reference: str, row_id: int, kind: str = "conduct", asked_on: str = "page"
) -> HttpResponse:
    """A row as it is, to be put right: on a page; an event `asked_on` its line of the table; a conviction's dates."""
    referral = REFERRALS.open_in_turn(request, "edit", reference=reference)
    row: Any = row_of(referral, kind, row_id)
    if asked_on == "conviction" and row.kind not in CONVICTIONS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    if asked_on == "line":
        return event_line(request, referral, row)
    if asked_on == "conviction":
        form: RowForm = bind(ConvictionForm, request, referral=referral, row=row)
        heading, done = "When was the conviction, and what was the sentence?", "The conviction has been saved"
    else:
        form = bind(ROW_FORMS[kind], request, referral=referral, row=row)
        heading, done = HEADINGS["Change", kind], f"The {NOUNS[kind]} has been changed"
    return saved(request, referral, kind, form, change, heading, done)


def event_line(request: SignedInRequest, referral: Referral, row: ConductEvent) -> HttpResponse:
    """An event put right on its line of the table, in its place."""
    if row.kind == ConductKind.OVERSEAS_CONVICTION:  # has a country, which a line does not ask
        return redirect("referrals:row_change", referral.reference, "conduct", row.pk)
    form, status = bind(LineOfEventForm, request, row=row), 200
    if form.is_valid():
        tried = attempt(form, change_line, request=request, referral=referral, row=row, answers=form)
        if tried.succeeded:
            messages.success(request, "The event has been changed")
            return redirect(back_to(request, referral, "conduct"))
        status = tried.status
    REFERRALS.viewed(request.user, referral, page="conduct")
    context = {
        "form": form,
        "editing": row.pk,
        "referral": referral,
        "page": TABLE_PAGE["conduct"],
        "caption": TABLE_PAGE["conduct"].heading,
        "saved_by": who_changed(referral) if form.conflicts else "",
        "returning": returning(request),
        "back_url": back_to(request, referral, "conduct"),
        **conduct_context(referral),
    }
    return render(request, "referrals/draft/conduct.html", context, status=status)


def change_line(
    *, request: SignedInRequest, referral: Referral, row: ConductEvent, answers: LineOfEventForm
) -> Model:
    """The event as its line has it now. Raises Refused."""
    return actions.change_row(
        referral_id=referral.pk,
        by=request.user,
        now=timezone.now(),
        kind="conduct",
        row_id=row.pk,
        values=answers.event(),
    )


def saved(
    request: SignedInRequest,
    referral: Referral,
    kind: str,
    form: RowForm,
    save: Callable[..., Model],
    heading: str,
    success: str,
) -> HttpResponse:
    """Save a valid form and go on; else the form, with what is wrong or what the action refused."""
    status = 200
    if form.is_valid():
        tried = attempt(form, save, request=request, referral=referral, kind=kind, answers=form)
        if tried.succeeded:
            messages.success(request, success)
            return redirect(after_row(request, referral, form, kind, tried.result))
        status = tried.status
    return row_shown(request, referral, kind, form, heading=heading, status=status)


def add(*, request: SignedInRequest, referral: Referral, kind: str, answers: RowForm) -> Model:
    """The new row. Raises Refused."""
    one: dict[str, Any] = {"referral_id": referral.pk, "by": request.user, "now": timezone.now()}
    values = answers.values()
    if kind == "attachment":
        return actions.attach(**one, upload=values.pop("file"), **values)
    return actions.add_row(**one, kind=kind, values=values)


def change(*, request: SignedInRequest, referral: Referral, kind: str, answers: RowForm) -> Model:
    """The row as the form has it now. Raises Refused."""
    row: Any = answers.row
    return actions.change_row(
        referral_id=referral.pk,
        by=request.user,
        now=timezone.now(),
        kind=kind,
        row_id=row.pk,
        values=answers.values(),
    )


def after_row(request: SignedInRequest, referral: Referral, form: RowForm, kind: str, row: Any) -> str:
    """A conviction goes on to its second page; everything else back to the list."""
    if isinstance(form, ConductForm) and row.kind in CONVICTIONS:
        path = reverse("referrals:conviction", args=[referral.reference, row.pk])
        return f"{path}?return=check" if returning(request) else path
    return back_to(request, referral, kind)


def row_shown(
    request: SignedInRequest, referral: Referral, kind: str, form: RowForm, *, heading: str, status: int
) -> HttpResponse:
    """The form; where somebody has changed the row meanwhile, with who that was."""
    REFERRALS.viewed(request.user, referral, page=kind)
    context = {
        "saved_by": who_changed(referral) if form.conflicts else "",
        "referral": referral,
        "form": form,
        "kind": kind,
        "heading": heading,
        "caption": TABLE_PAGE[kind].heading,
        "button": "Save and continue",
        "back_url": back_to(request, referral, kind),
    }
    return render(request, "referrals/draft/row.html", context, status=status)


def in_words(referral: Referral, kind: str, row_id: int) -> Any:
    """The row as lists of rows show it."""
    rows = [row for each in summary_of(referral) for table in each.tables for row in table.rows]
    return next(row for row in rows if (row.kind, row.pk) == (kind, row_id))


@require_http_methods(["GET", "POST"])
def row_remove(request: SignedInRequest, reference: str, kind: str, row_id: int) -> HttpResponse:
    """Ask first, then remove. Removed twice is removed."""
    referral = REFERRALS.open(request.user, "edit", reference=reference)
    if kind not in ROW_MODELS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    if request.method == "POST":
        try:
            actions.remove_row(
                referral_id=referral.pk, by=request.user, now=timezone.now(), kind=kind, row_id=row_id
            )
        except ROW_MODELS[kind].DoesNotExist:
            pass  # pressed twice, or by two people: it is gone, as was asked
        messages.success(
            request, f"The {NOUNS[kind]} has been removed. You can put it back until the referral is sent"
        )
        return redirect(back_to(request, referral, kind))
    row_of(referral, kind, row_id)
    REFERRALS.viewed(request.user, referral, page=kind)
    context = {
        "referral": referral,
        "item": in_words(referral, kind, row_id),
        "noun": NOUNS[kind],
        "back_url": back_to(request, referral, kind),
    }
    return render(request, "referrals/draft/row_remove.html", context)
