"""The base of the draft's forms: answers from a referral, and answers back as columns.

Nothing is required: a draft may be blank anywhere. What is entered must be right.
"""

from collections.abc import Iterable
from typing import Any

from django import forms

from nexus.ui.dates import PartialDate
from nexus.ui.forms import GovukForm, PartialDateField
from referrals.models import Referral
from referrals.summary import BOXES, PRECISIONS


class BoxesField(forms.MultipleChoiceField):
    """Several yes-or-no columns as one question. It bears the name of the first column."""

    def __init__(self, columns: Iterable[str], **kwargs: Any) -> None:
        self.columns = tuple(columns)
        super().__init__(
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(column, _words(column)) for column in self.columns],
            **kwargs,
        )


def _words(column: str) -> str:
    words = str(Referral._meta.get_field(column).verbose_name)
    return words[:1].upper() + words[1:]


def boxes(name: str, label: str = "") -> BoxesField:
    """The question of `referrals.summary.BOXES` that begins with this column."""
    words, columns = BOXES[name]
    return BoxesField(columns, label=label or words)


class AnswersForm(GovukForm):
    """Fields named as the columns they answer; those of `row_fields` answer with rows of their own."""

    row_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        self.referral = referral
        kwargs["initial"] = {**self.stored(referral), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @classmethod
    def columns(cls) -> list[str]:
        """Every column the form answers."""
        found: list[str] = []
        for name, field in cls.base_fields.items():
            if name in cls.row_fields:
                continue
            found += [*getattr(field, "columns", [name])]
            if isinstance(field, PartialDateField):
                found.append(PRECISIONS[name])
        return found

    @classmethod
    def stored(cls, referral: Referral) -> dict[str, Any]:
        """What the referral says now, as the fields want it."""
        found: dict[str, Any] = {}
        for name, field in cls.base_fields.items():
            if isinstance(field, BoxesField):
                found[name] = [column for column in field.columns if getattr(referral, column)]
            elif isinstance(field, PartialDateField):
                day = getattr(referral, name)
                found[name] = PartialDate(day, getattr(referral, PRECISIONS[name])) if day else None
            elif hasattr(referral, name):
                found[name] = getattr(referral, name)
        return found

    def rows(self) -> dict[str, Any]:
        """The rows the form answers with, as `actions.save_page` takes them. Call after `is_valid()`."""
        return {}

    def values(self) -> dict[str, Any]:
        """Columns and their new values, of the fields that were right. Call after `is_valid()`."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            field = self.fields[name]
            if name in self.row_fields:
                continue
            if isinstance(field, BoxesField):
                found |= {column: column in value for column in field.columns}
            elif isinstance(field, PartialDateField):
                found |= {name: value.date if value else None}
                found |= {PRECISIONS[name]: value.precision if value else ""}
            else:
                found[name] = value
        return found
