"""What is asked about a bundle and its entries."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.tribunal.rules import SECTIONS
from nexus.ui.fields import GovukDateField
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField, YesNoField


class StartForm(GovukForm):
    """Nothing is asked of the first bundle of a hearing."""


class SupplementForm(GovukForm):
    late_because = ReasonsField(label="Why are these documents late?", max_length=2000)
    look: Mapping[str, Look] = {
        "late_because": Look(
            hint="The tribunal reads it on the first page",
            missing="Enter why these documents are late",
            noun="the reason",
        )
    }


class EntryForm(GovukForm):
    """One document of a bundle."""

    title = TextField(label="What is the document?", max_length=200)
    section = forms.ChoiceField(
        label="In which section does it stand?",
        choices=[(code, f"{each.letter}. {each.title}") for code, each in SECTIONS.items()],
        widget=forms.RadioSelect,
    )
    dated_on = GovukDateField(label="What is its date?", required=False)
    author = TextField(label="Who made it?", max_length=120, required=False)
    included = YesNoField(label="Is it in the bundle?")
    withheld_because = ReasonsField(label="Why is it withheld?", max_length=300, required=False)
    look: Mapping[str, Look] = {
        "title": Look(hint="As the index of the bundle names it", missing="Enter what the document is"),
        "section": Look(missing="Select the section it stands in"),
        "dated_on": Look(optional=True, noun="the date of the document"),
        "author": Look(optional=True),
        "included": Look(
            hint="Nothing belongs in it that is not relied on",
            missing="Select whether it is in the bundle",
            inline=True,
        ),
        "withheld_because": Look(
            hint="Only for what the tribunal must be told is withheld: the bundle lists it with this reason",
            optional=True,
            rows=2,
            noun="why it is withheld",
        ),
    }


class MoveForm(GovukForm):
    direction = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])

    def answers(self) -> dict[str, Any]:
        return {"up": self.cleaned_data["direction"] == "up"}


class OrderForm(GovukForm):
    order = forms.CharField(max_length=4000)

    def clean_order(self) -> list[int]:
        """The ids of the entries, as they stand now."""
        parts = self.cleaned_data["order"].split(",")
        if not all(each.isascii() and each.isdigit() and len(each) < 12 for each in parts):
            raise ValidationError("Order the entries again.")
        return [int(each) for each in parts]


class MakeForm(GovukForm):
    is_final = forms.TypedChoiceField(
        label="What is it for?",
        choices=[("draft", "A draft to read"), ("final", "The tribunal: the final bundle")],
        coerce=lambda value: value == "final",
        widget=forms.RadioSelect,
    )
    look: Mapping[str, Look] = {
        "is_final": Look(
            missing="Select what the bundle is for",
            item_hints={"draft": "Each page says that it is a draft", "final": "It is kept as it was made"},
        )
    }
