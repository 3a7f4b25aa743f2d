"""Allegations, and what was found of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms

from casework.decisions.forms.base import DecisionForm
from casework.decisions.queries import events_to_find_on, weight_of_event
from casework.forms import LONG
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField, YesNoField

WRITTEN = "written"  # an allegation that no conduct event of the referral stands for


class AddFindingForm(DecisionForm):
    event = forms.ChoiceField(label="Where does the allegation come from?", widget=forms.RadioSelect)
    allegation = TextField(label="What is alleged?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "event": Look(
            missing="Select where the allegation comes from",
            hint="Events in which the subject is a victim or witness are left out",
        ),
        "allegation": Look(
            hint="Who did what, when and where. For an unproven charge, allege the acts",
            missing="Enter what is alleged",
            noun="what is alleged",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {str(event.pk): event for event in events_to_find_on(self.decision)}
        field = cast(forms.ChoiceField, self.fields["event"])
        field.choices = [
            *((pk, str(event)) for pk, event in self.events.items()),
            (WRITTEN, "None of these: you enter it here"),
        ]

    def look_of(self, name: str) -> Look:
        look = super().look_of(name)
        if name != "event":
            return look
        events = events_to_find_on(self.decision)
        return replace(
            look,
            item_hints={str(event.pk): weight_of_event(event) for event in events},
            divider_before=WRITTEN,
        )

    def answers(self) -> dict[str, Any]:
        return {
            "event": self.events.get(self.cleaned_data["event"]),
            "allegation": self.cleaned_data["allegation"],
        }


class FindingForm(GovukForm):
    allegation = TextField(label="What is alleged?", multi_line=True, max_length=LONG)
    evidence = TextField(label="What is the evidence?", multi_line=True, max_length=LONG, required=False)
    proved = YesNoField(label="Is it proved on the balance of probabilities?", required=False)
    reasons = ReasonsField(label="Reasons for the finding", max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "allegation": Look(missing="Enter what is alleged", noun="what is alleged"),
        "evidence": Look(noun="the evidence"),
        "proved": Look(hint="Is it more likely than not that it happened?", inline=True),
        "reasons": Look(noun="the reasons"),
    }
