"""What is asked of who keyed an entry."""

from collections.abc import Mapping

from django import forms

from casework.keying.models import System
from nexus.ui.forms import GovukForm, Look, ReasonsField


class ConfirmForm(GovukForm):
    system = forms.ChoiceField(
        label="Where did you key it?", choices=System.choices, widget=forms.RadioSelect
    )
    keyed = forms.BooleanField(label="I have keyed exactly this and checked it on the screen")
    look: Mapping[str, Look] = {
        "system": Look(missing="Select where you keyed it", inline=True),
        "keyed": Look(missing="Key it first, check it on the screen, and tick the box"),
    }

    def answers(self) -> dict[str, str]:
        """The tick is for the person alone."""
        return {"system": self.cleaned_data["system"]}


class CorrectForm(GovukForm):
    reason = ReasonsField(label="What was wrong?", max_length=2000)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="For example, that it was keyed on another person’s record",
            missing="Enter what was wrong",
            noun="what was wrong",
        )
    }
