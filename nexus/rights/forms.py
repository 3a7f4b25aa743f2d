"""What is typed about a request for access. Forms clean, actions decide; field names are the actions' own."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from nexus.rights.items import Item
from nexus.rights.models import Withheld
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField

LONG = 4000
LONGEST_SHOWN = 4000  # characters of one text; the rest is read in the record


class ReceiveForm(GovukForm):
    """Who asks, how they are reached, and how it is known that it is they."""

    name = TextField(label="Name of the person", max_length=200)
    born_on = GovukDateField(label="Date of birth", past=True, required=False)
    contact = TextField(label="How to reach them", max_length=200)
    identity = ReasonsField(label="How do you know that it is they?", max_length=LONG)
    received_on = GovukDateField(label="When was it received?", not_future=True)
    look: Mapping[str, Look] = {
        "name": Look(missing="Enter the name of the person", autocomplete="off"),
        "born_on": Look(optional=True, hint="For example, 27 3 1988"),
        "contact": Look(
            hint="An address, or their representative’s",
            missing="Enter how to reach them",
            autocomplete="off",
        ),
        "identity": Look(
            hint="For example, a copy of their passport that you have seen",
            missing="Enter how you know that it is they",
        ),
        "received_on": Look(hint="The month to answer begins on this day", noun="the day it was received"),
    }


class RecordForm(GovukForm):
    """Which record is of this person."""

    reference = TextField(label="Reference of the record", max_length=60)
    look: Mapping[str, Look] = {
        "reference": Look(
            hint="For example, NHH-2026-000123. Open it first and make sure that it is the same person.",
            missing="Enter the reference",
            width=20,
            spellcheck=False,
        )
    }


class RefuseForm(GovukForm):
    """Why there is no export."""

    reason = ReasonsField(label="Why is it not answered by an export?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="For example, nothing is held, or which section excuses it. Write to the person as well.",
            missing="Enter why it is not answered by an export",
        )
    }


def name_of(item: Item) -> str:
    """The name of its field, by what it is and not by its place: a colleague may decide the ones before it."""
    return f"item_{hashlib.sha256(item.key.encode()).hexdigest()[:16]}"


def choice_of(item: Item) -> forms.ChoiceField:
    """Its question: where the text stands."""
    label = f"{item.record}, {item.table}: {item.field}"
    return forms.ChoiceField(label=label, choices=Withheld.choices, widget=forms.RadioSelect)


class DecideForm(GovukForm):
    """One choice for each text or file that only a person can judge, some at a time."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        self.items = {name_of(item): item for item in items}
        own: dict[str, forms.Field] = {name: choice_of(item) for name, item in self.items.items()}
        self.base_fields = own  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        item = self.items[name]
        return Look(hint=item.words[:LONGEST_SHOWN], missing=f"Select what is done with “{item.field}”")

    def answers(self) -> dict[str, Any]:
        """By the item's key."""
        return {"outcomes": {self.items[name].key: chosen for name, chosen in self.cleaned_data.items()}}
