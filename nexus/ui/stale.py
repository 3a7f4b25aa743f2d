"""Two people on one form: what the page showed travels with it, and is compared with what stands there now.

    form = bind(DetailsForm, request, initial=…)     # nexus/ui/forms.py calls `settle` for every POST
    {{ page_showed(form) }}                          # components/forms.html, inside the <form>

A field that only one of two people changed keeps that change. Where both changed one field, nothing is saved: the
form has `conflicts`, the answer is 409, and the page shows both texts with one press to keep either or to join them.
The caller reads the initial values under a lock (nexus/verbs.py), so that nobody can save in between.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict

from nexus.ui.rendering import component
from nexus.ui.text import plain

SHOWED = "page_showed"
COMPARED = "page_compared"
CHOICE = "settle"
MINE, THEIRS, JOIN = "mine", "theirs", "join"
CHANGED_MEANWHILE = (
    "Somebody else has changed this since you opened it. Nothing is saved yet. Choose what to keep"
)

# The inputs of one field by their names in the page, each with what it would post.
Inputs = Mapping[str, list[str]]


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: what it is called, what is stored, and what was typed here."""

    label: str
    theirs: str
    mine: str
    can_join: bool


def inputs_of(bound: BoundField) -> Inputs:
    """What a browser would post of this field if nobody touched it. Nothing for files and pass phrases, nor for what
    nobody types: the key that makes two presses one is another on each page."""
    shown = component(bound)
    params: dict[str, Any] = shown["params"]
    match shown["name"]:
        case "file" | "password" | "hidden":
            return {}
        case "date" | "partial_date":
            parts = {f"{bound.html_name}-{item['name']}": [item["value"]] for item in params["items"]}
            if shown["name"] == "partial_date":
                parts[f"{bound.html_name}-precision"] = chosen(params["precisions"], "checked")
            return parts
        case "select":
            return {bound.html_name: chosen(params["items"], "selected")}
        case "radios" | "checkboxes":
            return {bound.html_name: chosen(params["items"], "checked")}
    # The line end that HTML drops after <textarea> is nobody's.
    return {bound.html_name: [params["value"].removeprefix("\n")]}


def chosen(items: list[dict[str, Any]], mark: str) -> list[str]:
    return [item["value"] for item in items if item.get(mark)]


def showing(form: forms.BaseForm) -> dict[str, Inputs]:
    """The same of every field of a form, by the field's name in the page."""
    return {bound.html_name: inputs_of(bound) for bound in compared_fields(form)}


def compared_fields(form: forms.BaseForm) -> list[BoundField]:
    """Its fields, without those that begin with what is only suggested."""
    suggested = getattr(form, "suggested", ())
    return [bound for bound in form if bound.name not in suggested]


def page_showed(*parts: forms.BaseForm) -> str:
    """What the hidden input of a page of one form or several holds: for a fresh page what it shows, for one that came
    back what it is based on."""
    found: dict[str, Any] = {}
    for form in parts:
        found |= read(getattr(form, SHOWED, "")) or showing(form)
    return json.dumps(found)


def page_compared(*parts: forms.BaseForm) -> str:
    """What stands there now, where fields are in conflict: a choice counts only while that is still so."""
    found: dict[str, Any] = {}
    for form in parts:
        found |= read(getattr(form, COMPARED, ""))
    return json.dumps(found)


def settle(
    make: Callable[[QueryDict], forms.BaseForm], blank: forms.BaseForm, request: HttpRequest
) -> forms.BaseForm:
    """The bound form, with what others have changed meanwhile in the fields that were left alone.

    `make` binds the form to the data; `blank` is the same form with what stands there now.
    """
    before, compared = read(request.POST.get(SHOWED, "")), read(request.POST.get(COMPARED, ""))
    data, now = request.POST.copy(), showing(blank)
    kept, conflicts = getattr(request, "kept_from_others", []), []
    for bound in compared_fields(blank):
        name, inputs = bound.html_name, now[bound.html_name]
        typed: Inputs = {each: request.POST.getlist(each) for each in inputs}
        showed = before.get(name)
        if showed is None or same(showed, inputs) or same(typed, inputs):
            continue
        choice = data.get(CHOICE) if same(compared.get(name, {}), inputs) else None
        if same(typed, showed):
            kept.append(str(bound.label))
            put(data, inputs)
        elif choice == THEIRS:
            put(data, inputs)
        elif choice == JOIN and can_join(bound):
            put(data, {each: ["\n\n".join([*inputs[each], *typed[each]]).strip()] for each in inputs})
        elif choice != MINE:
            conflicts.append(conflict(bound, inputs, typed))
    form = make(data)
    setattr(
        form,
        SHOWED,
        json.dumps({**now, **{name: before[name] for name in now if conflicts and name in before}}),
    )
    setattr(form, COMPARED, json.dumps(now) if conflicts else "")
    form.conflicts = conflicts  # type: ignore[attr-defined]
    request.kept_from_others = kept  # type: ignore[attr-defined]
    request.is_stale = getattr(request, "is_stale", False) or bool(conflicts)  # type: ignore[attr-defined]
    return form


def read(sent: str) -> dict[str, dict[str, list[str]]]:
    """What the page says that it showed; nothing where it says nothing that can be read."""
    try:
        found = json.loads(sent) if sent else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: inputs for name, inputs in found.items() if isinstance(inputs, dict)}


def same(one: Inputs, other: Inputs) -> bool:
    """Whether two would post the same. Spaces around and the way of ending a line are nobody's change."""
    return all(worded(one.get(name)) == worded(other.get(name)) for name in {*one, *other})


def worded(values: Any) -> list[str]:
    return [text for each in (values if isinstance(values, list) else []) if (text := plain(str(each)))]


def put(data: QueryDict, inputs: Inputs) -> None:
    for name, values in inputs.items():
        data.setlist(name, values)


def can_join(bound: BoundField) -> bool:
    """Two texts of several lines can stand one below the other."""
    return isinstance(bound.field.widget, forms.Textarea)


def conflict(bound: BoundField, theirs: Inputs, mine: Inputs) -> Conflict:
    return Conflict(
        label=str(bound.label),
        theirs=in_words(bound, theirs),
        mine=in_words(bound, mine),
        can_join=can_join(bound),
    )


def in_words(bound: BoundField, inputs: Inputs) -> str:
    """The answer as a reader reads it: the words of a choice, not its value."""
    params = component(bound)["params"]
    items = params.get("items", []) if component(bound)["name"] in {"select", "radios", "checkboxes"} else []
    words = {item["value"]: item["text"] for item in items if "value" in item}
    return ", ".join(words.get(each, each) for values in inputs.values() for each in values if each)


class StaleMiddleware:
    """A page that came back because two changed one field is a 409; what was kept of another's is said."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_stale", False) and response.status_code == 200:
            response.status_code = 409
        kept = getattr(request, "kept_from_others", [])
        if kept and 300 <= response.status_code < 400:
            done = [str(message) for message in messages.get_messages(request)]
            also = f"Somebody else changed {joined(kept)} meanwhile, and that is kept too."
            messages.success(request, " ".join(filter(None, [*(f"{each}." for each in done[-1:]), also])))
        return response


def joined(labels: list[str]) -> str:
    """“Status”, “Note” and “Due”"""
    quoted = [f"“{label}”" for label in labels]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
