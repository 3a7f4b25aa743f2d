"""Django forms in GOV.UK clothes: the one way to make a form page.

class ArrestForm(GovukForm):
    arrested_on = GovukDateField(label="Date of arrest", past=True)
    reasons = ReasonsField(label="Reasons", max_length=2000)
    look = {"arrested_on": Look(hint="For example, 27 3 2026"), "reasons": Look(rows=8)}

def arrest(request):
    form = bind(ArrestForm, request)
    if form.is_valid():
        ...one action...
        return redirect(...)
    return render(request, "referrals/arrest.html", {"form": form})
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from nexus.refusals import Refused
from nexus.ui import drafts, stale, wording
from nexus.ui.fields import (
    HIDDEN_CHARACTERS,
    GovukDateField,
    LineDateField,
    Named,
    PartialDateField,
    ReasonsField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
    first_upper,
)
from nexus.ui.look import Look
from nexus.ui.text import has_hidden_characters

__all__ = [
    "GovukDateField",
    "GovukForm",
    "GovukModelForm",
    "LineDateField",
    "Look",
    "PartialDateField",
    "ReasonsField",
    "TextField",
    "YesNoField",
    "YesNoNotKnownField",
    "bind",
    "show_refusal",
]


class GovukFormMixin:
    """Gives every field GOV.UK wording, and refuses hidden characters in plain text fields."""

    look: Mapping[str, Look] = {}
    fields: dict[str, forms.Field]
    suggested: Collection[str] = ()  # begin with what is suggested now, not with what anybody has saved
    conflicts: Sequence[stale.Conflict] = ()  # fields that another has changed meanwhile
    keeps_draft = False  # what is typed into it is kept until it is saved
    draft_saved_at: datetime | None = None  # it begins with a draft that was kept then
    open_questions: Mapping[
        str, str
    ] = {}  # what is still to be answered, by its field (nexus/ui/unanswered.py)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for name, form_field in self.fields.items():
            look = self.look_of(name)
            noun = wording.noun_of(look.noun or str(form_field.label or name.replace("_", " ")))
            if isinstance(form_field, Named):
                form_field.noun = noun
            wording.say(form_field, noun=noun, missing=look.missing)
            if isinstance(form_field, forms.CharField) and not isinstance(form_field, TextField):
                form_field.validators = [*form_field.validators, refuse_hidden_characters(noun)]

    def look_of(self, name: str) -> Look:
        """How the named field is shown."""
        return self.look.get(name, Look())

    def full_clean(self) -> None:
        """What two people changed is not saved before somebody has chosen; nor a reason that is only the choice."""
        super().full_clean()  # type: ignore[misc]
        self.refuse_repeated_reasons()
        if self.conflicts:
            self.add_error(None, stale.CHANGED_MEANWHILE)  # type: ignore[attr-defined]

    def refuse_repeated_reasons(self) -> None:
        """A reason says more than the question, and than what was chosen on the form."""
        cleaned = getattr(self, "cleaned_data", {})
        chosen = [words for name in self.fields for words in self.chosen_words(name)]
        for name, form_field in self.fields.items():
            if not isinstance(form_field, ReasonsField) or not cleaned.get(name):
                continue
            refused = form_field.reasons_only_repeated(cleaned[name], chosen)
            if refused:
                self.add_error(name, refused)  # type: ignore[attr-defined]

    def chosen_words(self, name: str) -> list[str]:
        """The question and what somebody chose, as the page showed both."""
        form_field, value = self.fields[name], getattr(self, "cleaned_data", {}).get(name)
        if not isinstance(form_field, forms.ChoiceField) or isinstance(form_field, forms.ModelChoiceField):
            return []
        values = value if isinstance(value, list) else [value]
        choices = cast("list[tuple[Any, Any]]", form_field.widget.choices)
        return [f"{form_field.label} {label}" for key, label in choices if value and key in values]


def refuse_hidden_characters(noun: str) -> Any:
    """A validator with the sentence for this field; passwords and lines are the field's business."""

    def validate(value: object) -> None:
        if isinstance(value, str) and has_hidden_characters(value, lines=True):
            raise ValidationError(f"{first_upper(noun)} {HIDDEN_CHARACTERS}", code="hidden_characters")

    return validate


class GovukForm(GovukFormMixin, forms.Form):
    """The base of every form."""


class GovukModelForm(GovukFormMixin, forms.ModelForm):
    """The base of every form that takes its fields from a model. It cleans, it never saves."""


AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def bind(form_class: type[AnyForm], request: HttpRequest, **kwargs: Any) -> AnyForm:
    """The form, bound exactly when the request is a POST.

    `Form(request.POST or None)` would leave an empty POST (no radio chosen) unbound, and the page
    would come back without a word about what is missing.
    """
    if request.method != "POST":
        return drafts.restored(lambda: form_class(**kwargs), request)
    form = posted(form_class, request, **kwargs)
    drafts.can_keep(form, request)
    return form


def bind_several(
    form_class: type[AnyForm], request: HttpRequest, *, repeats: str, most: int, **kwargs: Any
) -> list[AnyForm]:
    """The forms of a page that asks the same one or more times, numbered by their prefixes: those that were posted, or
    that its draft has. "count" says how many there are; one whose field `repeats` is blank is dropped, unless it is
    the first."""
    typed = request.POST if request.method == "POST" else drafts.draft_answers(request)
    given = typed.get("count", "")
    count = min(int(given), most) if given.isascii() and given.isdigit() else 1
    filled = [str(number) for number in range(2, count + 1) if typed.get(f"{number}-{repeats}", "").strip()]
    return [
        bind(form_class, request, **kwargs),
        *(bind(form_class, request, prefix=number, **kwargs) for number in filled),
    ]


def posted(form_class: type[AnyForm], request: HttpRequest, **kwargs: Any) -> AnyForm:
    """The form bound to the POST; where the page says what it showed, with what others have changed meanwhile."""
    if stale.SHOWED not in request.POST:
        return form_class(request.POST, request.FILES, **kwargs)
    blank = form_class(**kwargs)
    return cast(AnyForm, stale.settle(lambda data: form_class(data, request.FILES, **kwargs), blank, request))


def show_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Put the reasons into the form's error summary. The form must have been validated."""
    for reason in refused.reasons:
        form.add_error(None, reason)
