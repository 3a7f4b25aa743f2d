"""How, when, by whom and on whom a decision was served, and which document."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from casework.decisions.forms.base import ASKED, SHARED_TEXT, DecisionForm, asks, shared_text_field
from casework.decisions.models import Letter, ServedHow
from casework.decisions.rules.time_limits import PLACES, RIGHTS
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField

OTHER_DOCUMENT = "other"


PLACE_LOOK = Look(missing="Select where the subject is")
APPEAL_LOOK = Look(
    missing="Select which right of appeal the decision carries",
    hint="As the notice says. The last day to appeal is reckoned from it",
)


class AppealRightForm(GovukForm):
    place = forms.ChoiceField(label="Where is the subject?", choices=PLACES, widget=forms.RadioSelect)
    appeal = forms.ChoiceField(label="Which right of appeal?", choices=RIGHTS, widget=forms.RadioSelect)
    look: Mapping[str, Look] = {"place": PLACE_LOOK, "appeal": APPEAL_LOOK}


class ServeForm(DecisionForm):
    letter = forms.ChoiceField(label="What was served?", widget=forms.RadioSelect)
    document = TextField(label="Which other document?", max_length=200, required=False)
    on = GovukDateField(label="When was it served?", not_future=True)
    how = forms.ChoiceField(label="How was it served?", choices=ServedHow.choices, widget=forms.RadioSelect)
    to = TextField(label="On whom?", max_length=200)
    by_whom = TextField(label="By whom?", max_length=200)
    place = forms.ChoiceField(label="Where is the subject?", choices=PLACES, widget=forms.RadioSelect)
    appeal = forms.ChoiceField(label="Which right of appeal?", choices=RIGHTS, widget=forms.RadioSelect)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "letter": Look(missing="Select what was served"),
        "document": Look(optional=True, hint="Only for a document that was not made here: its form and date"),
        "on": Look(
            noun="the date of service",
            hint="Not before the decision was made. By post: the day it was posted",
        ),
        "how": Look(missing="Select how it was served"),
        "to": Look(
            hint="The subject, or the representative by name",
            missing="Enter on whom it was served",
            noun="on whom",
        ),
        "by_whom": Look(
            hint="An officer and their force, or yourself", missing="Enter who served it", noun="by whom"
        ),
        "place": PLACE_LOOK,
        "appeal": APPEAL_LOOK,
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
