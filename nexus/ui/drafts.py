"""A form begins with what its reader typed into the page before and did not save, where that was kept."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from nexus.ui import stale

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def restored(make: Callable[[], AnyForm], request: HttpRequest) -> AnyForm:
    """The form that `make` makes, with the draft of its page, where `request.find_draft` (nexus/drafts) finds one that differs.

    It still carries what its page showed when the draft was typed, so that a change made since is found on saving.
    """
    blank = make()
    draft = request.find_draft() if can_keep(blank, request) else None  # type: ignore[attr-defined]
    if draft is None:
        return blank
    typed: MultiValueDict[str, Any] = MultiValueDict(draft.answers)
    form, showed = make(), stale.showing(blank)
    can_keep(form, request)
    form.initial = {**form.initial, **answers_in(form, typed)}
    if all(stale.same(inputs, stale.showing(form)[name]) for name, inputs in showed.items()):
        return blank
    setattr(form, stale.SHOWED, typed.get(stale.SHOWED) or json.dumps(showed))
    form.draft_saved_at = draft.saved_at  # type: ignore[attr-defined]
    return form


def draft_answers(request: HttpRequest) -> MultiValueDict[str, Any]:
    """What the draft of the page would post; nothing where there is none."""
    draft = request.find_draft() if hasattr(request, "find_draft") else None
    return MultiValueDict(draft.answers if draft else {})


def can_keep(form: forms.BaseForm, request: HttpRequest) -> bool:
    """Whether somebody who is signed in types into it what may be kept; the form says so to its page."""
    keeps = hasattr(request, "find_draft") and any(kept(field) for field in form.fields.values())
    form.keeps_draft = keeps  # type: ignore[attr-defined]
    request.keeps_draft = getattr(request, "keeps_draft", False) or keeps  # type: ignore[attr-defined]
    return keeps


def kept(field: forms.Field) -> bool:
    """Files and pass phrases are never kept."""
    return not isinstance(field.widget, forms.FileInput | forms.PasswordInput)


def answers_in(form: forms.BaseForm, typed: MultiValueDict[str, Any]) -> dict[str, Any]:
    """Of each field the draft has, what a posted form would make of it."""
    return {
        name: field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
        for name, field in form.fields.items()
        if kept(field)
    }
