"""A JSON body read by the form of the page with the same verb, so that each rule has one place.

Names are the form's; a question that ticks several columns at once takes each column as true or false. Dates are "2026-11-16"; a date with a precision takes it from `<name>_precision`
("exact", "year_only", "estimated"; a year alone is "1986"). Yes-or-no questions are true or false.
"""

import copy
import inspect
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from nexus.accounts.confirming import ConfirmedForm
from nexus.api.errors import WHOLE_BODY, InvalidBody
from nexus.api.faults import fixed_choices, sentences_of
from nexus.api.parsing import ANSWERS
from nexus.api.requests import Call
from nexus.problems import Sentence
from nexus.ui.dates import PRECISIONS, YEAR
from nexus.ui.fields import DateWidget, PartialDateWidget, YesNoField

PRECISION = "_precision"
UNKNOWN = "There is no such field here."
BOOLEAN = "Send true or false."
PLAIN = "Send text or a whole number."
FILES = "multipart/form-data"
SEND_A_PART = f"Send the file as a part of {FILES}, beside the answers."
NO_FILE = UploadedFile()
NO_FIELDS: Mapping[str, serializers.Field] = {}
AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def object_of(request: Call) -> dict[str, Any]:
    """The body, which must be a JSON object (or nothing). Raises InvalidBody."""
    if not isinstance(request.data, Mapping):
        raise InvalidBody({WHOLE_BODY: ["Send a JSON object."]})
    return dict(request.data)


def checked(
    form_class: type[AnyForm], body: Mapping[str, Any], *, partly: bool = False, **kwargs: Any
) -> AnyForm:
    """The form, filled from the body and found valid. Raises InvalidBody.

    `partly` keeps the form's initial values for what the body does not name.
    """
    blank = form_class(**kwargs)
    data, errors = typed(blank, body, partly=partly)
    files: Any = MultiValueDict({name: [body[name]] for name in files_of(blank) if name in body})
    form = form_class(data, files, **kwargs) if files else form_class(data, **kwargs)
    if not form.is_valid():
        for name, faults in form.errors.as_data().items():
            key = WHOLE_BODY if name == NON_FIELD_ERRORS else name
            errors.setdefault(key, sentences_of(faults, form.fields.get(name)))
    if errors:
        raise InvalidBody(errors, keeps_entries=isinstance(form, ConfirmedForm) and form.confirmation.failed)
    return form


def typed(
    form: forms.BaseForm, body: Mapping[str, Any], *, partly: bool
) -> tuple[QueryDict, dict[str, list[str]]]:
    """The body as a browser would have posted it, and what could not be turned into that."""
    data = QueryDict(mutable=True)
    taken = names_taken(form)
    errors = unknown_fields(set(body) - taken, taken)
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            if not isinstance(body.get(name, NO_FILE), UploadedFile):
                errors[name] = [Sentence(SEND_A_PART, "wrong_type")]
            continue
        if not partly and not names_of(name, field) & set(body):
            continue
        initial = as_sent(form.get_initial_for_field(field, name)) if partly else None
        try:
            value = ticked(field, body, initial) if columns_of(field) else body.get(name, initial)
            for key, text in inputs(field, name, value, body.get(name + PRECISION)).items():
                data.setlist(key, text)
        except TypeError as error:
            errors[name] = [Sentence(str(error), "wrong_type")]
    return data, errors


def unknown_fields(names: Iterable[str], taken: Iterable[str]) -> dict[str, list[str]]:
    """What a body names that is not taken, with what is."""
    return {name: [Sentence(UNKNOWN, "unknown_field", sorted(taken))] for name in sorted(names)}


def as_sent(initial: Any) -> Any:
    """What a form begins with, as a body would say it."""
    if isinstance(initial, date):
        return initial.isoformat()
    return f"{initial:%H:%M}" if isinstance(initial, time) else initial


def names_taken(form: forms.BaseForm) -> set[str]:
    """Every name a body may have for this form."""
    return set().union(*(names_of(name, field) for name, field in form.fields.items()))


def names_of(name: str, field: forms.Field) -> set[str]:
    """The names in a body that answer one field."""
    if isinstance(field.widget, PartialDateWidget):
        return {name, name + PRECISION}
    return set(columns_of(field)) or {name}


def files_of(form: Any) -> list[str]:
    """The names of the files that a form, or a class of forms, asks for."""
    fields = getattr(form, "fields", None) or form.base_fields
    return [name for name, field in fields.items() if isinstance(field, forms.FileField)]


def columns_of(field: forms.Field) -> tuple[str, ...]:
    """The columns a field ticks at once, where it is such a field."""
    return tuple(getattr(field, "columns", ()))


def ticked(field: forms.Field, body: Mapping[str, Any], initial: Any) -> list[str]:
    """The columns that are true. Raises TypeError for one that is neither true nor false."""
    now = {column: column in (initial or ()) for column in columns_of(field)}
    now |= {column: one_of(body[column], {True, False}, BOOLEAN) for column in now if column in body}
    return [column for column, is_true in now.items() if is_true]


def inputs(field: forms.Field, name: str, value: Any, precision: Any = None) -> dict[str, list[str]]:
    """The posted inputs of one field. Raises TypeError, with a sentence, for a value of the wrong type."""
    several = isinstance(field, forms.MultipleChoiceField)
    if isinstance(value, dict | UploadedFile) or (isinstance(value, list) and not several):
        raise TypeError(PLAIN)
    value = field.prepare_value(value)
    if value is None:
        return {}
    if isinstance(field.widget, DateWidget):
        return date_inputs(field.widget, name, value, precision)
    if isinstance(field, YesNoField):
        return {name: [str(one_of(value, {"yes", "no", ""}, "Send true, false or null."))]}
    if isinstance(field.widget, forms.CheckboxInput):
        return {name: ["on"]} if one_of(value, {True, False}, BOOLEAN) else {}
    if several:
        if not isinstance(value, list):
            raise TypeError("Send a list.")
        return {name: [text_of(each) for each in value]}
    return {name: [text_of(value)]}


def one_of(value: Any, allowed: set[Any], sentence: str) -> Any:
    if not isinstance(value, str | bool) or value not in allowed:
        raise TypeError(sentence)
    return value


def text_of(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(PLAIN)
    if isinstance(value, int) and value.bit_length() > 128:  # str() refuses the hugest
        raise TypeError("The number is too large.")
    return str(value)


def date_inputs(widget: DateWidget, name: str, value: Any, precision: Any) -> dict[str, list[str]]:
    """A date's inputs, from "2026-11-16", from "1986", or from the parts a form's initial value has."""
    if isinstance(value, dict) and set(value) <= set(widget.parts):
        parts = {part: str(text) for part, text in value.items()}
    elif isinstance(value, str):
        year, *rest = value.split("-")
        if len(rest) not in {0, 2} or not all(part.isascii() and part.isdigit() for part in (year, *rest)):
            raise TypeError("Send a date like 2026-11-16.")
        month, day = rest or ("", "")
        parts = {"day": day, "month": month, "year": year}
    else:
        raise TypeError("Send a date like 2026-11-16.")
    if isinstance(widget, PartialDateWidget):
        parts.setdefault("precision", text_of(precision) if precision is not None else "")
        if precision is not None:
            parts["precision"] = text_of(precision)
        if parts["precision"] == YEAR:
            parts |= {"day": "", "month": ""}
    return {f"{name}-{part}": [text] for part, text in parts.items()}


@extend_schema_field(
    {
        "type": ["string", "null"],
        "pattern": r"^\d{4}(-\d{2}-\d{2})?$",
        "description": "A date, 1986-11-16, or a year alone, 1986, with the precision year_only",
    }
)
class PartialDateField(serializers.CharField):
    """A date of which perhaps only the year is known."""


@extend_schema_field({"type": ["integer", "string"]})
class IdField(serializers.CharField):
    """The id of a row, as a number or as text."""


def body_of(
    *form_classes: type[forms.BaseForm],
    name: str,
    adds: Mapping[str, serializers.Field] = NO_FIELDS,
    required: bool = True,
) -> type[serializers.Serializer]:
    """The same form, or several read from one body, as the schema describes it.

    Only what the class itself declares: choices a form takes from the database (people, teams) stay out
    of a schema that anybody may read. `adds` are fields the form makes for itself. Without `required` none is.
    """
    declared: dict[str, forms.Field] = {}
    for form_class in form_classes:
        declared |= form_class.base_fields  # type: ignore[attr-defined]
    fields: dict[str, serializers.Field] = {}
    for field_name, field in declared.items():
        if columns_of(field):
            fields |= {column: serializers.BooleanField(required=False) for column in columns_of(field)}
            continue
        if isinstance(field, forms.FileField):
            continue  # a part of its own: `request_of` says it
        fields[field_name] = described(field)
        if isinstance(field.widget, PartialDateWidget):
            fields[field_name + PRECISION] = serializers.ChoiceField(
                choices=[*PRECISIONS.items()], required=False
            )
    fields |= adds
    if not required:
        fields = {name: left_open(each) for name, each in fields.items()}
    own = form_classes[0].__dict__.get("__doc__") or ""
    return type(name, (serializers.Serializer,), {**fields, "__doc__": inspect.cleandoc(own)})


def left_open(field: serializers.Field) -> serializers.Field:
    """The same field, which need not be sent. A serializer makes its fields anew from what they were made of."""
    made: Any = copy.deepcopy(field)
    made._kwargs = {**made._kwargs, "required": False}
    return made


def request_of(body: type[serializers.Serializer], form_class: type[forms.BaseForm]) -> Any:
    """What the schema says of the request: the body, and where the form asks for files the answers with them."""
    if not files_of(form_class):
        return body
    declared: dict[str, forms.Field] = form_class.base_fields  # type: ignore[attr-defined]
    fields: dict[str, serializers.Field] = {
        name: serializers.FileField(required=declared[name].required, help_text=str(declared[name].help_text))
        for name in files_of(form_class)
    }
    fields[ANSWERS] = body(required=any(each.required for each in body().fields.values()))
    words = "The answers as JSON, and each file as a part of its own."
    parts = type(f"{body.__name__}WithFiles", (serializers.Serializer,), {**fields, "__doc__": words})
    needs_one = any(declared[name].required for name in files_of(form_class))
    return {FILES: parts} if needs_one else {"application/json": body, FILES: parts}


def described(field: forms.Field) -> serializers.Field:
    """One form field as a serializer field of the same shape."""
    words: dict[str, Any] = {
        "required": field.required,
        "label": str(field.label or ""),
        "help_text": str(field.help_text),
    }
    if isinstance(field.widget, PartialDateWidget):
        return PartialDateField(**words)
    if isinstance(field.widget, DateWidget):
        return serializers.DateField(allow_null=not field.required, **words)
    if isinstance(field, YesNoField | forms.NullBooleanField):
        return serializers.BooleanField(allow_null=not field.required, **words)
    if isinstance(field.widget, forms.CheckboxInput):
        return serializers.BooleanField(**words)
    if isinstance(field, forms.ModelChoiceField):
        return (serializers.CharField if field.to_field_name else IdField)(
            allow_null=not field.required, **words
        )
    if isinstance(field, forms.MultipleChoiceField):
        choices = fixed_choices(field)
        child = serializers.ChoiceField(choices=choices) if choices else serializers.CharField()
        return serializers.ListField(child=child, **words)
    if isinstance(field, forms.ChoiceField):
        choices = [choice for choice in fixed_choices(field) if choice[0] != ""]
        if not choices:  # asked of the database, so most are ids
            return IdField(allow_null=not field.required, **words)
        return serializers.ChoiceField(choices=choices, allow_blank=not field.required, **words)
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(allow_null=not field.required, **words)
    return serializers.CharField(
        allow_blank=not field.required, max_length=getattr(field, "max_length", None), **words
    )
