"""Which GOV.UK component shows a bound field, and with what: plain data for the macros.

`templates/components/forms.html` calls the macro. The texts in here are escaped by the macros:
nothing is ever passed as `html`.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField

from nexus.ui import formatting
from nexus.ui.dates import PRECISIONS
from nexus.ui.fields import DateWidget, PartialDateWidget
from nexus.ui.look import Look
from nexus.ui.wording import CHOOSE_AGAIN, lower_first, without_article

CHARACTER_COUNT_FROM = 200  # a long text with a limit shows how much of it is left


def look_of(bound: BoundField) -> Look:
    look = getattr(bound.form, "look_of", None)
    return look(bound.name) if look else Look()


def component(bound: BoundField, heading: bool = False) -> dict[str, Any]:
    """{"name": the component, "params": what its macro takes}. `heading` makes the label the h1."""
    look, widget = look_of(bound), bound.field.widget
    if bound.is_hidden:
        return {"name": "hidden", "params": {"name": bound.html_name, "value": _value(bound)}}
    if isinstance(widget, DateWidget):
        name = "partial_date" if isinstance(widget, PartialDateWidget) else "date"
        return {"name": name, "params": _date(bound, look, heading)}
    if isinstance(widget, forms.CheckboxInput):
        return {"name": "checkboxes", "params": _single_checkbox(bound, look)}
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return {"name": _kind(bound), "params": _options(bound, look, heading)}
    if isinstance(widget, forms.Select):
        return {"name": "select", "params": _select(bound, look, heading)}
    if isinstance(widget, forms.Textarea):
        return _textarea(bound, look, heading)
    if isinstance(widget, forms.FileInput):
        return {
            "name": "file",
            "params": _base(bound, look, heading) | _attributes(bound, "accept", "multiple"),
        }
    if isinstance(widget, forms.PasswordInput):
        return {"name": "password", "params": _base(bound, look, heading)}
    return {"name": "input", "params": _input(bound, look, heading)}


def error_summary(form_or_forms: forms.BaseForm | Iterable[forms.BaseForm]) -> list[dict[str, str]]:
    """The errors in the order of the page, each with the id of the first input at fault.

    Refusals and other errors of the whole form come first and have no link.
    """
    many = [form_or_forms] if isinstance(form_or_forms, forms.BaseForm) else list(form_or_forms)
    found: list[dict[str, str]] = []
    for form in many:
        if not form.is_bound:
            continue
        found += [{"text": str(words)} for words in form.non_field_errors()]
        found += [_problem(bound, words) for bound in form if (words := _fault(bound))]
    return found


def _problem(bound: BoundField, words: str) -> dict[str, str]:
    """A hidden input cannot be linked to."""
    link = {} if bound.is_hidden else {"href": f"#{target(bound)}"}
    return {"text": words, **link}


def target(bound: BoundField) -> str:
    """The id of the input a link to this field's error moves to."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}-{(_bad_parts(bound) or ['day'])[0]}"
    return bound.auto_id


def row(key: str, value: Any, change: str = "", hidden: str = "", verb: str = "Change") -> dict[str, Any]:
    """One row of a summary list. `hidden` is what a screen reader hears after "Change".

    Dates, times and booleans are written out; a list shows one line each; blank is "Not provided".
    """
    return {
        "key": key,
        "value": formatting.in_words(value),
        "change": change,
        "hidden": hidden or lower_first(key),
        "verb": verb,
    }


def _value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _error(bound: BoundField) -> dict[str, str] | None:
    """What is wrong with the field, or else that it is still to be answered."""
    words = _fault(bound) or getattr(bound.form, "open_questions", {}).get(bound.name, "")
    return {"text": words} if words else None


def _fault(bound: BoundField) -> str:
    """The field's first error; of a file that was fine where something else was not, that it is gone."""
    if bound.errors:
        return str(bound.errors[0])
    if isinstance(bound.field.widget, forms.FileInput) and bound.data and bound.form.errors:
        return CHOOSE_AGAIN.format(noun=lower_first(without_article(str(bound.label))))
    return ""


def _label_text(bound: BoundField, look: Look) -> str:
    """What has an error is not left open beside it."""
    return f"{bound.label} (optional)" if look.optional and not _error(bound) else str(bound.label)


def _hint(bound: BoundField, look: Look) -> dict[str, str] | None:
    words = look.hint or str(bound.help_text)
    return {"text": words} if words else None


def _label(bound: BoundField, look: Look, heading: bool, kind: str = "label") -> dict[str, Any]:
    classes = look.label_class or (f"govuk-{kind}--l" if heading else "")
    if kind == "fieldset__legend" and not classes:
        classes = "govuk-fieldset__legend--s"
    if kind == "label" and not classes:
        classes = "govuk-label--s"
    return {"text": _label_text(bound, look), "classes": classes, "isPageHeading": heading}


def _base(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    """What every single input has."""
    params: dict[str, Any] = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": _label(bound, look, heading),
        "hint": _hint(bound, look),
        "errorMessage": _error(bound),
        "classes": f"govuk-input--width-{look.width}" if look.width else "",
    }
    if look.autocomplete:
        params["autocomplete"] = look.autocomplete
    if look.spellcheck is not None:
        params["spellcheck"] = look.spellcheck
    return params


def _input(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    params = _base(bound, look, heading) | {"value": _value(bound), "type": "text"}
    if isinstance(bound.field, forms.EmailField):
        params |= {"type": "email", "spellcheck": False}
        params.setdefault("autocomplete", "off")
    elif isinstance(bound.field, forms.IntegerField):  # decimals too
        params |= {"inputmode": "decimal" if isinstance(bound.field, forms.DecimalField) else "numeric"}
        params["classes"] = params["classes"] or "govuk-input--width-5"
    if look.inputmode:
        params["inputmode"] = look.inputmode
    if look.suggestions:  # the id of a <datalist> of the page: a type-ahead that needs no script
        params["attributes"] = {"list": look.suggestions}
    for side in ("prefix", "suffix"):
        if getattr(look, side):
            params[side] = {"text": getattr(look, side)}
    return params


def _textarea(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    limit = getattr(bound.field, "max_length", None)
    # HTML drops a line end right after <textarea>, so one is put there to be dropped.
    params = _base(bound, look, heading) | {"value": f"\n{_value(bound)}", "rows": look.rows, "classes": ""}
    if limit and (look.count or limit >= CHARACTER_COUNT_FROM):
        return {"name": "character_count", "params": params | {"maxlength": limit, "threshold": 75}}
    return {"name": "textarea", "params": params}


def _attributes(bound: BoundField, *names: str) -> dict[str, Any]:
    given = bound.field.widget.attrs
    return {"attributes": {name: given[name] for name in names if given.get(name)}}


def _fieldset(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    return {"legend": _label(bound, look, heading, "fieldset__legend")}


def _choices(bound: BoundField) -> list[tuple[str, str]]:
    """Value and text of every choice, groups flattened; texts of model choices included."""
    flat: list[tuple[str, str]] = []
    for value, text in bound.field.widget.choices:
        options = text if isinstance(text, list | tuple) else [(value, text)]
        flat += [("" if v is None else str(v), str(t)) for v, t in options]
    return flat


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    many = value if isinstance(value, list | tuple | set) else [value]
    prepare = bound.field.prepare_value
    return {str(prepare(v)) for v in many if v is not None and v != ""}


def _options(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    chosen = _chosen(bound)
    items: list[dict[str, Any]] = []
    for value, text in _choices(bound):
        if value == "":  # a blank choice is Django's way of selects; radios start unanswered
            continue
        if value in (look.divider_before, look.exclusive):
            items.append({"divider": "or"})
        items.append(_item(bound, look, value, text, value in chosen, len(items)))
    styles = [
        f"govuk-{_kind(bound)}--{s}" for s, on in (("inline", look.inline), ("small", look.small)) if on
    ]
    return {
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "fieldset": _fieldset(bound, look, heading),
        "hint": _hint(bound, look),
        "errorMessage": _error(bound),
        "classes": " ".join(styles),
        "items": items,
    }


def _kind(bound: BoundField) -> str:
    # Django's checkboxes are a kind of radios, so they are asked for first.
    return "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"


def _item(bound: BoundField, look: Look, value: str, text: str, checked: bool, place: int) -> dict[str, Any]:
    item: dict[str, Any] = {"value": value, "text": text, "checked": checked}
    item["id"] = bound.auto_id if place == 0 else f"{bound.auto_id}-{place}"
    if value in look.item_hints:
        item["hint"] = {"text": look.item_hints[value]}
    if value == look.exclusive:
        item["behaviour"] = "exclusive"
    return item


def _single_checkbox(bound: BoundField, look: Look) -> dict[str, Any]:
    """A statement to agree to: the label is the box's own."""
    return {
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "errorMessage": _error(bound),
        "hint": _hint(bound, look),
        "classes": "govuk-checkboxes--small" if look.small else "",
        "items": [
            {
                "id": bound.auto_id,
                "value": "on",
                "text": _label_text(bound, look),
                "checked": bool(bound.value()),
            }
        ],
    }


def _select(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    chosen = _chosen(bound)
    items = [
        {
            "value": value,
            "text": "Choose" if (value, text) == ("", "---------") else text,
            "selected": value in chosen,
        }
        for value, text in _choices(bound)
    ]
    return _base(bound, look, heading) | {"items": items}


def _bad_parts(bound: BoundField) -> list[str]:
    """The inputs of a date that are at fault, first one first; a bound says nothing about parts."""
    for error in bound.form.errors.get(bound.name, forms.utils.ErrorList()).as_data():
        return list((error.params or {}).get("parts", ()))
    return []


def _date(bound: BoundField, look: Look, heading: bool) -> dict[str, Any]:
    value = bound.value()
    typed: dict[str, str] = value if isinstance(value, dict) else {}
    bad = _bad_parts(bound) or (["day", "month", "year"] if _error(bound) else [])
    items = [
        {
            "name": part,
            "label": part.capitalize(),
            "id": f"{bound.auto_id}-{part}",
            "value": typed.get(part, ""),
            "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if part in bad else ""),
            "autocomplete": f"bday-{part}" if look.autocomplete == "bday" else "off",
        }
        for part, width in (("day", 2), ("month", 2), ("year", 4))
    ]
    precisions = [
        {
            "value": value,
            "text": text,
            "checked": typed.get("precision") == value,
            "id": f"{bound.auto_id}-precision" + (f"-{place}" if place else ""),
        }
        for place, (value, text) in enumerate(PRECISIONS.items())
    ]
    return {
        "id": bound.auto_id,
        "namePrefix": bound.html_name,
        "fieldset": _fieldset(bound, look, heading),
        "hint": _hint(bound, look) or {"text": "For example, 27 3 1986"},
        "errorMessage": _error(bound),
        "items": items,
        "precisions": precisions,
    }
