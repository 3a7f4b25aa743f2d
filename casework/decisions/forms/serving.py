"""How, when, by whom and on whom a decision was served, and which document."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from casework.decisions.forms.base import ASKED, SHARED_TEXT, DecisionForm, asks, shared_text_field
from casework.decisions.models import Letter, ServedHow
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, Look, TextField

OTHER_DOCUMENT = "other"


class ServeForm(DecisionForm):
    letter = forms.ChoiceField(label="What was served?", widget=forms.RadioSelect)
    document = TextField(label="Which other document?", max_length=200, required=False)
    on = GovukDateField(label="When was it served?", not_future=True)
    how = forms.ChoiceField(label="How was it served?", choices=ServedHow.choices, widget=forms.RadioSelect)
    to = TextField(label="On whom?", max_length=200)
    by_whom = TextField(label="By whom?", max_length=200)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "letter": Look(missing="Select what was served"),
        "document": Look(optional=True, hint="Only for a document that was not made here: its form and date"),
        "on": Look(noun="the date of service", hint="Not before the decision was made"),
        "how": Look(missing="Select how it was served"),
        "to": Look(
            hint="The subject, or the representative by name",
            missing="Enter on whom it was served",
            noun="on whom",
        ),
        "by_whom": Look(
            hint="An officer and their force, or yourself", missing="Enter who served it", noun="by whom"
        ),
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters: Iterable[Letter] = self.decision.letters.defer("pdf", "docx")
        self.letters = {str(letter.pk): letter for letter in letters}
        field = cast(forms.ChoiceField, self.fields["letter"])
        field.choices = [
            *(
                (pk, f"{letter}, made {formatting.date_and_time(letter.made_at)}")
                for pk, letter in self.letters.items()
            ),
            (OTHER_DOCUMENT, "Another document, not made here"),
        ]

    def clean_letter(self) -> Letter | None:
        return self.letters.get(self.cleaned_data["letter"])
