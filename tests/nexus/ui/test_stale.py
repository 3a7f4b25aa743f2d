"""Two people save one form: what only one changed is kept, what both changed is shown side by side."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from nexus.ui import stale
from nexus.ui.forms import GovukDateField, GovukForm, TextField, bind


class NextActionForm(GovukForm):
    action = TextField(label="Next action", multi_line=True, required=False)
    due_on = GovukDateField(label="Due", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("call", "Call"), ("visit", "Visit")], widget=forms.RadioSelect, required=False
    )


BEFORE: dict[str, Any] = {"action": "Ring the court", "kind": "call"}
PAGE = {"action": "Ring the court", "kind": "call", "due_on-day": "", "due_on-month": "", "due_on-year": ""}


def posted(rf: Any, now: dict[str, Any], **typed: str) -> tuple[Any, HttpRequest]:
    """The form of a page that was opened before, posted when `now` is stored."""
    showed = typed.pop("page_showed", "") or stale.page_showed(NextActionForm(initial=BEFORE))
    request = rf.post("/", {**PAGE, "page_showed": showed, **typed})
    return bind(NextActionForm, request, initial=now), request


def test_nobody_else_changed_anything(rf: Any) -> None:
    form, request = posted(rf, BEFORE, action="Ring the prison")
    assert form.is_valid() and form.cleaned_data["action"] == "Ring the prison"
    assert not request.is_stale and request.kept_from_others == []


def test_changes_of_different_fields_are_both_kept(rf: Any) -> None:
    form, request = posted(rf, {**BEFORE, "kind": "visit"}, action="Ring the prison")
    assert form.is_valid()
    assert form.cleaned_data["action"] == "Ring the prison" and form.cleaned_data["kind"] == "visit"
    assert request.kept_from_others == ["Kind"]


def test_the_same_change_twice_is_no_conflict(rf: Any) -> None:
    form, _ = posted(rf, {**BEFORE, "action": "Ring the prison"}, action="Ring the prison\r\n")
    assert form.is_valid()


def test_one_field_changed_by_both_is_not_saved_and_shows_both_in_words(rf: Any) -> None:
    form, request = posted(
        rf, {"action": "Write to them", "kind": ""}, action="Ring the prison", kind="visit"
    )
    assert not form.is_valid() and request.is_stale
    assert form.errors["__all__"] == [stale.CHANGED_MEANWHILE]
    assert [(each.label, each.theirs, each.mine) for each in form.conflicts] == [
        ("Next action", "Write to them", "Ring the prison"),
        ("Kind", "", "Visit"),
    ]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", "Ring the prison"),
        ("theirs", "Write to them"),
        ("join", "Write to them\n\nRing the prison"),
    ],
)
def test_one_press_keeps_either_or_joins_them(rf: Any, choice: str, kept: str) -> None:
    now = {**BEFORE, "action": "Write to them"}
    form, _ = posted(rf, now, action="Ring the prison")
    again = {"page_showed": stale.page_showed(form), "page_compared": stale.page_compared(form)}
    form, _ = posted(rf, now, action="Ring the prison", settle=choice, **again)
    assert form.is_valid() and form.cleaned_data["action"] == kept


def test_a_choice_counts_only_while_what_was_compared_still_stands(rf: Any) -> None:
    form, _ = posted(rf, {**BEFORE, "action": "Write to them"}, action="Ring the prison")
    again = {"page_showed": stale.page_showed(form), "page_compared": stale.page_compared(form)}
    form, _ = posted(rf, {**BEFORE, "action": "Visit"}, action="Ring the prison", settle="mine", **again)
    assert [each.theirs for each in form.conflicts] == ["Visit"]


def test_saving_again_without_a_choice_saves_nothing(rf: Any) -> None:
    now = {**BEFORE, "action": "Write to them"}
    form, _ = posted(rf, now, action="Ring the prison")
    again = {"page_showed": stale.page_showed(form), "page_compared": stale.page_compared(form)}
    form, _ = posted(rf, now, action="Ring the prison", **again)
    assert form.conflicts


@pytest.mark.parametrize(
    "sent", ["{", "[]", "3", '{"action": 3}', '{"action": {"action": 3}}', "\x00", "null"]
)
def test_what_no_page_of_ours_showed_is_no_fault(rf: Any, sent: str) -> None:
    form, _ = posted(rf, BEFORE, action="Ring the prison", page_showed=sent)
    assert form.is_valid() or form.conflicts


def test_what_is_only_suggested_is_not_compared() -> None:
    class WithSuggestion(NextActionForm):
        suggested = ("due_on",)

    assert set(json.loads(stale.page_showed(WithSuggestion()))) == {"action", "kind"}


def test_a_page_that_is_stale_answers_409(rf: Any) -> None:
    def view(request: Any) -> HttpResponse:
        request.is_stale = True
        return HttpResponse("Both texts")

    assert stale.StaleMiddleware(view)(rf.post("/", QueryDict())).status_code == 409


class WithKey(GovukForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    action = TextField(label="Next action")


def test_the_key_that_makes_two_presses_one_stays_as_the_page_had_it(rf: Any) -> None:
    key, showed = uuid4(), stale.page_showed(WithKey(initial={"key": uuid4()}))
    request = rf.post("/", {"page_showed": showed, "key": str(key), "action": "Ring the court"})
    form = bind(WithKey, request, initial={"key": uuid4()})
    assert form.is_valid() and form.cleaned_data["key"] == key
