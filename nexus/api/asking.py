"""What an address may ask for behind its question mark. What it does not know it says, and never ignores."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from nexus.accounts.models import Force
from nexus.api.errors import InvalidBody
from nexus.api.faults import sentences_of
from nexus.problems import Sentence

CURSORS = ("after", "before")
UNKNOWN_PARAMETER = "There is no such parameter here."
UNKNOWN_VALUE = "There is no such value here."
UNKNOWN_PLACE = "This list has no such place. Ask for its first page again."
ONE_PLACE = "Send one of after and before."


def known_parameters(query: Iterable[str], allowed: Collection[str]) -> None:
    """Raises InvalidBody for what is none of them, naming those there are."""
    unknown = sorted(set(query) - set(allowed))
    if unknown:
        wrong = Sentence(UNKNOWN_PARAMETER, "unknown_parameter", sorted(allowed))
        raise InvalidBody({name: [wrong] for name in unknown}, place="query")


def known_value(name: str, wanted: str, allowed: Collection[str]) -> None:
    """Raises InvalidBody for a value that is none of them, naming those there are."""
    if wanted not in allowed:
        wrong = Sentence(UNKNOWN_VALUE, "unknown_value", sorted(allowed))
        raise InvalidBody({name: [wrong]}, place="query")


def known_place(query: Any, anchors: QuerySet[Any]) -> None:
    """Raises InvalidBody for a place that this person's list does not have."""
    places = {name: query[name] for name in CURSORS if query.get(name)}
    if len(places) > 1:
        raise InvalidBody({"before": [Sentence(ONE_PLACE, "unknown_cursor")]}, place="query")
    for name, given in places.items():
        try:
            found = anchors.filter(pk=given).exists()
        except (ValueError, ValidationError):
            found = False
        if not found:
            raise InvalidBody({name: [Sentence(UNKNOWN_PLACE, "unknown_cursor")]}, place="query")


def known_filters(form: forms.BaseForm) -> dict[str, Any]:
    """What the page's filters say, where every one of them is understood. Raises InvalidBody."""
    if not form.is_valid():
        faults = form.errors.as_data()
        wrong = {name: sentences_of(found, form.fields.get(name)) for name, found in faults.items()}
        raise InvalidBody(wrong, place="query")
    return dict(form.cleaned_data)


def known_sort(query: Any, columns: Collection[str]) -> None:
    """Raises InvalidBody for a column the list cannot be sorted by."""
    wanted = query.get("sort", "")
    if wanted:
        known_value("sort", wanted, [way + column for column in columns for way in ("", "-")])


def force_codes() -> list[str]:
    """Of every force there is."""
    return list(Force.objects.values_list("code", flat=True))
