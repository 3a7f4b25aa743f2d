"""What the auditor filters by."""

from typing import Any

from django import forms

from nexus.audit.queries import kinds_recorded, subject_types_recorded
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField


class FilterForm(GovukForm):
    """Which entries to show. `person` is an account's id: a name does not stand in a URL."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    changes = forms.BooleanField(label="Only what changed something", required=False)
    reference = TextField(label="Referral reference", required=False, max_length=20)
    kind = forms.ChoiceField(label="What was done", required=False)
    subject_type = forms.ChoiceField(label="Kind of subject", required=False)
    subject_id = TextField(label="Number of the subject", required=False, max_length=40)
    since = GovukDateField(label="From", required=False)
    until = GovukDateField(label="To", required=False)

    look = {
        "reference": Look(hint="For example, NHH-2026-000123"),
        "subject_id": Look(hint="As the entry gives it"),
        "since": Look(hint="For example, 1 11 2026"),
        "until": Look(hint="This day is included"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", kinds_recorded()), ("subject_type", subject_types_recorded())):
            self.fields[name].choices = [("", "Any"), *choices]  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        return str(self.cleaned_data["reference"]).upper()


class FindPersonForm(GovukForm):
    """Whose entries to look for. It is posted: a person's name does not stand in a URL."""

    name = TextField(label="Find a person by name or e-mail address", max_length=254)

    look = {"name": Look(missing="Enter a name or an e-mail address", width=20, autocomplete="off")}
