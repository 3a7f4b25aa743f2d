"""The questions of a filter panel, rendered once for what they ask and what is chosen: every page of a list asks the
same ones, and they were a fifth of what making the page took."""

from collections.abc import Callable, Hashable
from typing import Any

from django import forms
from markupsafe import Markup

MOST_KEPT = 200
KEPT: dict[Hashable, Markup] = {}


def shown_before(form: forms.BaseForm, caller: Callable[[], Markup]) -> Markup:
    """`{% call shown_before(form) %}…{% endcall %}`: the block, which has to depend on nothing but the form's fields."""
    key = everything_shown(form)
    found = KEPT.get(key)
    if found is None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        found = KEPT[key] = caller()
    return found


def everything_shown(form: forms.BaseForm) -> Hashable:
    """The fields with their words, choices, values and errors."""
    return (type(form), form.auto_id, form.prefix, *(shown(form, bound) for bound in form))


def shown(form: forms.BaseForm, bound: forms.BoundField) -> Hashable:
    """One field. What says how it looks is the form class's, or else is asked for by its name."""
    look = getattr(form, "look_of", None)
    choices = choices_of(bound.field.widget)
    return (
        bound.html_name,
        str(bound.label),
        str(bound.help_text),
        repr(look(bound.name)) if look else "",
        tuple(map(str, bound.errors)),
        repr(bound.value()),
        repr([(str(value), str(text)) for value, text in choices]),
    )


def choices_of(widget: Any) -> list[tuple[Any, Any]]:
    """The choices of a widget, read once, also where they are rows; of one that has none an empty list."""
    # No list(): that asks rows for their number first.
    choices = [each for each in getattr(widget, "choices", ())]  # noqa: C416
    if choices:
        widget.choices = choices
    return choices
