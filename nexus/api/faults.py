"""What a form says is wrong, as sentences with codes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator

from nexus.problems import Sentence


def sentences_of(faults: Iterable[ValidationError], field: forms.Field | None) -> list[str]:
    """What a form says of a field, each with Django's code; and the values there are, where another was sent."""
    return [
        Sentence(
            str(message),
            fault.code or "invalid",
            [str(value) for value, _ in fixed_choices(field)]
            if isinstance(field, forms.ChoiceField) and fault.code == "invalid_choice"
            else (),
        )
        for fault in faults
        for message in fault.messages
    ]


def fixed_choices(field: forms.ChoiceField) -> list[Any]:
    """The choices that stand in the code; none where they are asked of the database."""
    choices: Any = field.choices
    return [] if isinstance(choices, CallableChoiceIterator) else list(choices)
