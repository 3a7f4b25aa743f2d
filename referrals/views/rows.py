"""The rows of a draft: add another, change, remove with a question first; and a conviction's second page."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from referrals import actions
from referrals.forms.pages import TABLE_PAGE
from referrals.forms.rows import NOUNS, ROW_FORMS, ROW_MODELS, ConvictionForm, RowForm
from referrals.models import Referral
from referrals.rules.terms import CONVICTIONS
from referrals.states import State
from referrals.summary import summary_of
from referrals.versions import OVERTAKEN, Overtaken, Seen, version_of
from referrals.views.draft import no_longer_a_draft, returning, viewed, visible

ALREADY = "This has been added already"
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
    referral = visible(request, reference, "edit")
    if kind not in ROW_FORMS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    form = bind(ROW_FORMS[kind], request, referral=referral)
    if form.is_valid():
        row = added(request, referral, kind, form)
        if row is not None:
            messages.success(request, f"The {NOUNS[kind]} has been added")
            return redirect(after_row(request, referral, kind, row))
    return row_shown(request, referral, kind, form, verb="Add")


def added(request: SignedInRequest, referral: Referral, kind: str, form: RowForm) -> Model | None:
    """The row, or None where somebody has added the same meanwhile."""
    by, now, values = request.user, timezone.now(), form.values()
    if kind == "attachment":
        upload = values.pop("file")
        return actions.attach(referral_id=referral.pk, by=by, now=now, upload=upload, **values)
    try:
        return actions.add_row(referral_id=referral.pk, by=by, now=now, kind=kind, values=values)
    except IntegrityError:
        form.add_error(None, ALREADY)
        return None


def after_row(request: SignedInRequest, referral: Referral, kind: str, row: Any) -> str:
    """A conviction goes on to its second page; everything else back to the list."""
    if kind == "conduct" and row.kind in CONVICTIONS:
        path = reverse("referrals:conviction", args=[referral.reference, row.pk])
        return f"{path}?return=check" if returning(request) else path
    return back_to(request, referral, kind)


@require_http_methods(["GET", "POST"])
def row_change(request: SignedInRequest, reference: str, kind: str, row_id: int) -> HttpResponse:
    """A row as it is, to be put right."""
    referral = visible(request, reference, "edit")
    row = row_of(referral, kind, row_id)
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    form = bind(ROW_FORMS[kind], request, referral=referral, row=row)
    if form.is_valid():
        changed = change(request, referral, kind, row, form)
        if changed is not None:
            messages.success(request, f"The {NOUNS[kind]} has been changed")
            return redirect(after_row(request, referral, kind, changed))
    return row_shown(request, referral, kind, form, verb="Change")


def change(
    request: SignedInRequest, referral: Referral, kind: str, row: Model, form: RowForm
) -> Model | None:
    """The changed row, or None where there is such a row already or somebody has changed it meanwhile."""
    try:
        return actions.change_row(
            referral_id=referral.pk,
            by=request.user,
            now=timezone.now(),
            kind=kind,
            row_id=row.pk,
            values=form.values(),
            seen=Seen(columns_of(form, row), request.POST.get("version", "")),
        )
    except Overtaken:
        form.add_error(None, OVERTAKEN)
        return None
    except IntegrityError:
        form.add_error(None, ALREADY)
        return None


def columns_of(form: RowForm, row: Model) -> tuple[str, ...]:
    """The row's columns that this form asks for."""
    return tuple(name for name in form.fields if hasattr(row, name))


def row_shown(
    request: SignedInRequest, referral: Referral, kind: str, form: RowForm, *, verb: str, **context: Any
) -> HttpResponse:
    """The form; for a row there is, with the mark of what is stored, and after Overtaken with that in words."""
    viewed(request, referral, kind)
    stored = row_of(referral, kind, form.row.pk) if form.row else None
    overtaken = OVERTAKEN in form.non_field_errors()
    context = {
        "version": version_of(stored, columns_of(form, stored)) if stored else "",
        "stored_now": in_words(referral, kind, stored.pk) if stored and overtaken else None,
        "referral": referral,
        "form": form,
        "kind": kind,
        "heading": HEADINGS[verb, kind],
        "caption": TABLE_PAGE[kind].heading,
        "button": "Save and continue",
        "back_url": back_to(request, referral, kind),
        **context,
    }
    return render(request, "referrals/draft/row.html", context, status=409 if overtaken else 200)


def in_words(referral: Referral, kind: str, row_id: int) -> Any:
    """The row as lists of rows show it."""
    rows = [row for each in summary_of(referral) for table in each.tables for row in table.rows]
    return next(row for row in rows if (row.kind, row.pk) == (kind, row_id))


@require_http_methods(["GET", "POST"])
def conviction(request: SignedInRequest, reference: str, row_id: int) -> HttpResponse:
    """Dates and sentence, asked of convictions only."""
    referral = visible(request, reference, "edit")
    row: Any = row_of(referral, "conduct", row_id)
    if row.kind not in CONVICTIONS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    form = bind(ConvictionForm, request, referral=referral, row=row)
    if form.is_valid() and change(request, referral, "conduct", row, form):
        messages.success(request, "The conviction has been saved")
        return redirect(back_to(request, referral, "conduct"))
    return row_shown(
        request,
        referral,
        "conduct",
        form,
        verb="Add",
        heading="When was the conviction, and what was the sentence?",
    )


@require_http_methods(["GET", "POST"])
def row_remove(request: SignedInRequest, reference: str, kind: str, row_id: int) -> HttpResponse:
    """Ask first, then remove. Removed twice is removed."""
    referral = visible(request, reference, "edit")
    if kind not in ROW_MODELS:
        raise Http404
    if referral.state != State.DRAFT:
        return no_longer_a_draft(request, referral)
    if request.method == "POST":
        try:
            actions.remove_row(
                referral_id=referral.pk, by=request.user, now=timezone.now(), kind=kind, row_id=row_id
            )
        except ROW_MODELS[kind].DoesNotExist:  # type: ignore[attr-defined]
            pass  # pressed twice, or by two people: it is gone, as was asked
        messages.success(request, f"The {NOUNS[kind]} has been removed")
        return redirect(back_to(request, referral, kind))
    row_of(referral, kind, row_id)
    viewed(request, referral, kind)
    context = {
        "referral": referral,
        "item": in_words(referral, kind, row_id),
        "noun": NOUNS[kind],
        "back_url": back_to(request, referral, kind),
    }
    return render(request, "referrals/draft/row_remove.html", context)
