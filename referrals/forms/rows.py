"""The rows of a draft: other names, nationalities, conduct events and documents."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.soft_delete import Removable
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField
from referrals.models import (
    Alias,
    Attachment,
    ConductEvent,
    Grounding,
    Nationality,
    NationalitySource,
    Referral,
    Standing,
)
from referrals.rules.nationalities import COUNTRY_CHOICES, NATIONALITY_CHOICES
from referrals.rules.terms import CONVICTIONS, ConductKind, Part, SentenceType

MOST_DOCUMENTS = 50
# Sentences without a length have no months; the longest determinate sentences are far below this.
MOST_MONTHS = 1200
UK = "GBR"


class RowForm(GovukForm):
    """One row. `row` is the row that is changed, or None for a new one. A row is saved whole."""

    def __init__(self, *args: Any, referral: Referral, row: Model | None = None, **kwargs: Any) -> None:
        self.referral, self.row = referral, row
        if row is not None:
            stored = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            kwargs["initial"] = {**stored, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """The row's columns. Call after `is_valid()`."""
        return dict(self.cleaned_data)


class AliasForm(RowForm):
    name = TextField(label="Other name", max_length=240)
    look: Mapping[str, Look] = {
        "name": Look(hint="The whole name, as it was used", autocomplete="off", spellcheck=False)
    }


class NationalityForm(RowForm):
    code = forms.ChoiceField(label="Nationality", choices=[("", "Choose"), *NATIONALITY_CHOICES])
    source = forms.ChoiceField(
        label="How is it known?", choices=NationalitySource.choices, widget=forms.RadioSelect
    )
    look: Mapping[str, Look] = {
        "code": Look(missing="Select the nationality"),
        "source": Look(missing="Select how the nationality is known", noun="how the nationality is known"),
    }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        same = self.referral.nationalities.filter(code=code)
        if (same.exclude(pk=self.row.pk) if self.row else same).exists():
            raise forms.ValidationError("This nationality has already been added")
        return code


class ConductForm(RowForm):
    """What happened and the subject's part in it. A conviction has a second page, `ConvictionForm`."""

    kind = forms.ChoiceField(
        label="What kind of event is it?", choices=ConductKind.choices(), widget=forms.RadioSelect
    )
    part = forms.ChoiceField(
        label="What was the subject’s part in it?", choices=Part.choices(), widget=forms.RadioSelect
    )
    offence = TextField(label="Offence or conduct", max_length=200)
    offence_code = TextField(label="Offence code", max_length=20, required=False)
    offence_on = GovukDateField(label="Date of the offence or conduct", not_future=True, required=False)
    court = TextField(label="Court", max_length=120, required=False)
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), *COUNTRY_CHOICES], initial=UK)
    grounding = forms.ChoiceField(
        label="Is this fact or assessment?", choices=Grounding.choices, widget=forms.RadioSelect
    )
    source_grading = TextField(label="Grading of the source", max_length=20, required=False)
    own_reference = TextField(label="Your own reference", max_length=60, required=False)

    look: Mapping[str, Look] = {
        "kind": Look(missing="Select the kind of event", noun="the kind of event"),
        "part": Look(
            missing="Select the subject’s part",
            noun="the subject’s part",
            item_hints={
                Part.VICTIM: "Never counted as offending",
                Part.WITNESS: "Never counted as offending",
            },
        ),
        "offence": Look(hint="For example, robbery. Do not name victims."),
        "offence_code": Look(optional=True, width=10),
        "offence_on": Look(optional=True, hint="For example, 14 11 2026"),
        "court": Look(optional=True),
        "grounding": Look(
            missing="Select whether it is fact or assessment",
            noun="whether it is fact or assessment",
            inline=True,
            hint="Of an arrest or a charge, the arrest or the charge is the fact, never what is alleged.",
        ),
        "source_grading": Look(optional=True, width=10, hint="For intelligence"),
        "own_reference": Look(
            optional=True, width=20, hint="The number of this event in your own system", spellcheck=False
        ),
    }

    @property
    def is_conviction(self) -> bool:
        return self.cleaned_data["kind"] in CONVICTIONS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, part, country = cleaned.get("kind"), cleaned.get("part"), cleaned.get("country")
        if kind in CONVICTIONS and part == Part.SUSPECT:
            self.add_error("part", "For a conviction, select convicted person, victim or witness")
        if kind and kind not in CONVICTIONS and part == Part.CONVICTED:
            self.add_error("part", "Select “Convicted person” only for a conviction")
        if kind == ConductKind.OVERSEAS_CONVICTION and country == UK:
            self.add_error("country", "Select the country of the overseas conviction")
        if kind == ConductKind.CONVICTION and country not in (None, UK):
            self.add_error("country", "Select United Kingdom, or “Conviction overseas” as the kind of event")
        return cleaned

    def values(self) -> dict[str, Any]:
        """With the conviction's own columns emptied when the event is none (any more)."""
        return dict(self.cleaned_data) if self.is_conviction else {**NO_CONVICTION, **self.cleaned_data}


NO_CONVICTION: dict[str, Any] = {
    "convicted_on": None,
    "sentenced_on": None,
    "sentence_type": "",
    "sentence_months": None,
    "standing": Standing.STANDS,
}


class ConvictionForm(RowForm):
    """The second page of a conviction."""

    row: ConductEvent

    convicted_on = GovukDateField(label="Date of conviction", not_future=True, required=False)
    sentenced_on = GovukDateField(label="Date of sentence", not_future=True, required=False)
    sentence_type = forms.ChoiceField(
        label="Sentence", choices=SentenceType.choices(), widget=forms.RadioSelect, required=False
    )
    sentence_months = forms.IntegerField(
        label="Length of the sentence", min_value=1, max_value=MOST_MONTHS, required=False
    )
    standing = forms.ChoiceField(
        label="Does the conviction stand?", choices=Standing.choices, widget=forms.RadioSelect
    )

    look: Mapping[str, Look] = {
        "convicted_on": Look(
            hint="Without this date the conviction cannot be counted. For example, 14 11 2026"
        ),
        "sentenced_on": Look(optional=True, hint="For example, 14 11 2026"),
        "sentence_type": Look(optional=True),
        "sentence_months": Look(
            optional=True, suffix="months", width=4, hint="For a custodial sentence only"
        ),
        "standing": Look(
            missing="Select whether the conviction stands", noun="whether the conviction stands"
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.convicted_on is None and self.row.sentence_type == "":
            self.initial["standing"] = None  # nothing is answered beforehand

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        convicted_on, sentenced_on = cleaned.get("convicted_on"), cleaned.get("sentenced_on")
        if _is_before(convicted_on, self.row.offence_on):
            self.add_error("convicted_on", "Date of conviction must be on or after the date of the offence")
        if _is_before(sentenced_on, convicted_on):
            self.add_error("sentenced_on", "Date of sentence must be on or after the date of conviction")
        if cleaned.get("sentence_months") and cleaned.get("sentence_type") not in (
            SentenceType.CUSTODIAL,
            SentenceType.SUSPENDED,
        ):
            self.add_error("sentence_months", "Enter a length in months only for a custodial sentence")
        return cleaned


def _is_before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


class AttachmentForm(RowForm):
    """A document and what is said of it. The file itself is not changed later: remove it and add another."""

    file = DocumentField(label="Document")
    description = TextField(label="What is the document?", max_length=200)
    marking = forms.ChoiceField(
        label="How is the document marked?", choices=Marking.choices, widget=forms.RadioSelect
    )
    disclosable = YesNoField(label="May the document be disclosed?")

    look: Mapping[str, Look] = {
        "description": Look(missing="Enter what the document is", noun="what the document is"),
        "marking": Look(missing="Select how the document is marked", noun="the marking", inline=True),
        "disclosable": Look(missing="Select yes if the document may be disclosed", inline=True),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            del self.fields["file"]
            self.initial.pop("file", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.row is None and self.referral.attachments.count() >= MOST_DOCUMENTS:
            self.add_error(None, f"A referral can have {MOST_DOCUMENTS} documents. Remove one to add another")
        return cleaned


# By kind of row: its form, its table, and what one is called.
ROW_FORMS: dict[str, type[RowForm]] = {
    "alias": AliasForm,
    "nationality": NationalityForm,
    "conduct": ConductForm,
    "attachment": AttachmentForm,
}
ROW_MODELS: dict[str, type[Removable]] = {
    "alias": Alias,
    "nationality": Nationality,
    "conduct": ConductEvent,
    "attachment": Attachment,
}
NOUNS = {"alias": "other name", "nationality": "nationality", "conduct": "event", "attachment": "document"}
