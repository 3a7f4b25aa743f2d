"""The questions of a filter panel, rendered once for what they ask and what is chosen: every page of a list asks the
same ones, and they were a fifth of what making the page took."""

from collections.abc import Callable, Hashable

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
    choices = list(getattr(bound.field.widget, "choices", ()))
    if choices:
        bound.field.widget.choices = choices  # read once, also where they are rows
    return (
        bound.html_name,
        str(bound.label),
        str(bound.help_text),
        repr(look(bound.name)) if look else "",
        tuple(map(str, bound.errors)),
        repr(bound.value()),
        repr([(str(value), str(text)) for value, text in choices]),
    )
