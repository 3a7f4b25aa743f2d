"""What is asked about redactions and the chronology of a case."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from casework.tribunal.rules import LONGEST, Because
from nexus.ui.fields import GovukDateField
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField, YesNoField


class RedactForm(GovukForm):
    passage = TextField(label="Which words are redacted?", max_length=LONGEST)
    because = forms.ChoiceField(
        label="Why?", choices=[(each.value, each.label) for each in Because], widget=forms.RadioSelect
    )
    found_in = TextField(label="Where do they stand?", max_length=200)
    look: Mapping[str, Look] = {
        "passage": Look(
            hint="They are taken out of every document, title and file name, however they are written there",
            missing="Enter the words to redact",
            autocomplete="off",
        ),
        "because": Look(missing="Select why they are redacted"),
        "found_in": Look(
            hint="For example, paragraph 3 of the statement of 4 March", missing="Enter where the words stand"
        ),
    }


class WithdrawRedactionForm(GovukForm):
    reason = ReasonsField(label="Why may these words be read after all?", max_length=2000)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why these words may be read after all", noun="the reason")
    }


class LineForm(GovukForm):
    """One line of the chronology."""

    on = GovukDateField(label="When did it happen?", required=False)
    on_words = TextField(label="When, in words?", max_length=60, required=False)
    event = TextField(label="What happened?", multi_line=True, max_length=1000)
    source = TextField(label="How is it known?", max_length=200)
    look: Mapping[str, Look] = {
        "on": Look(optional=True, noun="the date"),
        "on_words": Look(hint="Where no day is known: About 2015", optional=True, width=20),
        "event": Look(
            hint="Say what happened, and nothing of what follows from it",
            missing="Enter what happened",
            rows=3,
            noun="what happened",
        ),
        "source": Look(hint="The document and its page, or who says so", missing="Enter how it is known"),
    }

    def clean(self) -> None:
        super().clean()
        found = self.cleaned_data
        if "on" in found and not found["on"] and not found.get("on_words"):
            self.add_error("on", ValidationError("Enter the date, or say in words when it was"))


class ChangeLineForm(LineForm):
    left_out = YesNoField(label="Is this line left out?")
    look: Mapping[str, Look] = {
        **LineForm.look,
        "left_out": Look(
            hint="The record stays as it is", missing="Select whether the line is left out", inline=True
        ),
    }
