"""What a letter says beside the answers of the decision, and its standard paragraphs as this letter has them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from casework.decisions.forms.base import DecisionForm
from casework.decisions.letters.composing import edits_of, standards_in
from casework.decisions.rules.time_limits import PLACES
from casework.forms import LONG
from nexus.ui.forms import Look, TextField

DETAILS = ("place", "address", "country", "representative", "reporting")


class LetterForm(DecisionForm):
    place = forms.ChoiceField(
        label="Where is the subject?", choices=PLACES, widget=forms.RadioSelect, required=False
    )
    address = TextField(label="Address", multi_line=True, max_length=400, required=False)
    country = TextField(label="Country of return", max_length=80, required=False)
    representative = TextField(label="Representative and their reference", max_length=200, required=False)
    reporting = TextField(
        label="Reporting and bail conditions", multi_line=True, max_length=LONG, required=False
    )
    look: Mapping[str, Look] = {
        "place": Look(hint="If you do not say, the letters take it that they are in the UK", optional=True),
        "address": Look(hint="Last known, or the place of detention", optional=True, rows=4),
        "country": Look(hint="If it is not that of the nationality on the record", optional=True),
        "representative": Look(optional=True),
        "reporting": Look(
            hint="As the subject reads them. Left empty, the letter says that they are unchanged",
            optional=True,
            rows=3,
            noun="the conditions",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standards = standards_in(self.decision)
        edits = edits_of(self.decision)
        for each in self.standards:
            name = f"standard_{each.code}"
            self.fields[name] = TextField(
                label=each.title,
                multi_line=True,
                max_length=LONG,
                required=False,
                initial=edits.get(each.code, each.words),
            )

    def look_of(self, name: str) -> Look:
        if name.startswith("standard_"):
            return Look(rows=4, noun="this paragraph")
        return super().look_of(name)

    def answers(self) -> dict[str, Any]:
        """As `write_letter` takes them; a standard paragraph that the body does not name stays as it was."""
        edits = edits_of(self.decision)
        paragraphs = {}
        for each in self.standards:
            name = f"standard_{each.code}"
            named = name in self.data
            paragraphs[each.code] = self.cleaned_data[name] if named else edits.get(each.code, each.words)
        return {**{name: self.cleaned_data[name] for name in DETAILS}, "paragraphs": {**edits, **paragraphs}}
