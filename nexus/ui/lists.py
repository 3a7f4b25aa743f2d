"""Filters and sorting of a list, as the URL has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from nexus.ui.fields import DateWidget
from nexus.ui.formatting import date
from nexus.ui.shown_before import choices_of


class Sort:
    """Which column a list is sorted by: `?sort=age` upwards, `?sort=-age` downwards.

    `columns` maps the key in the URL to the field names it sorts by. An unknown key falls back to
    `default`, which may begin with "-".

        sort = Sort(request, {"age": ["submitted_at"], "name": ["surname", "forenames"]}, default="-age")
        page = KeysetPage(queryset, request, order=sort.order)
    """

    def __init__(self, request: HttpRequest, columns: Mapping[str, Sequence[str]], default: str) -> None:
        wanted = request.GET.get("sort", default)
        self.chosen = wanted if wanted.removeprefix("-") in columns else default
        self.columns = columns

    @property
    def order(self) -> list[str]:
        names = self.columns[self.chosen.removeprefix("-")]
        return [_turned(name) for name in names] if self.chosen.startswith("-") else list(names)

    def direction(self, key: str) -> str:
        """For aria-sort: ascending, descending or none."""
        if self.chosen.removeprefix("-") != key:
            return "none"
        return "descending" if self.chosen.startswith("-") else "ascending"

    def next(self, key: str) -> str:
        """What `sort` becomes when this column's header is followed."""
        return f"-{key}" if self.chosen == key else key


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def selected_filters(form: forms.BaseForm, query: QueryDict) -> list[dict[str, Any]]:
    """The filters in force, for the tags: [{"label", "items": [{"text", "without": QueryDict}]}].

    `form` is bound to `query`; a field that does not validate filters nothing and has no tag.
    """
    form.is_valid()
    found = []
    for bound in form:
        cleaned = form.cleaned_data.get(bound.name)
        unticked = isinstance(bound.field.widget, forms.CheckboxInput) and not cleaned
        if unticked or cleaned in (None, "", [], ()) or isinstance(bound.field.widget, forms.HiddenInput):
            continue
        items = [
            {"text": text, "without": _without(query, name, value)}
            for name, value, text in _tags(bound, cleaned)
        ]
        if items:
            found.append({"label": str(bound.label), "items": items})
    return found


def _tags(bound: forms.BoundField, cleaned: Any) -> list[tuple[str, str | None, str]]:
    """(name in the URL, value to take away or None for all, text on the tag)."""
    name, widget = bound.html_name, bound.field.widget
    if isinstance(widget, DateWidget):
        return [(name, None, date(cleaned))]
    if isinstance(widget, forms.CheckboxInput):
        return [(name, None, str(bound.label))]
    raw = bound.value()
    values = [str(v) for v in (raw if isinstance(raw, list | tuple) else [raw])]
    texts = {str(value): str(text) for value, text in choices_of(widget) if value != ""}
    return [(name, value, texts.get(value, value)) for value in values]


def _without(query: QueryDict, name: str, value: str | None) -> QueryDict:
    """The query without one filter, from its first page."""
    changed = query.copy()
    for key in [*(f"{name}-{part}" for part in DateWidget.parts), "after", "before"]:
        changed.pop(key, None)
    left = [v for v in changed.getlist(name) if value is not None and v != value]
    if left:
        changed.setlist(name, left)
    else:
        changed.pop(name, None)
    return changed
