"""Claims the subject makes, and how one ends."""

from collections.abc import Mapping

from django import forms

from casework.decisions.models import CLAIM_KINDS, ClaimEnd, ClaimMade
from casework.forms import LONG
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField


class ClaimForm(GovukForm):
    kind = forms.ChoiceField(label="What is claimed?", choices=CLAIM_KINDS, widget=forms.RadioSelect)
    made_on = GovukDateField(label="When was it made?", not_future=True)
    how = forms.ChoiceField(label="How was it made?", choices=ClaimMade.choices, widget=forms.RadioSelect)
    grounds = ReasonsField(label="On what grounds?", max_length=LONG)
    look: Mapping[str, Look] = {
        "kind": Look(
            missing="Select what is claimed",
            item_hints={
                "protection": "Asylum or humanitarian protection",
                "human_rights": "That removal would be unlawful under section 6 of the Human Rights Act",
            },
        ),
        "made_on": Look(noun="the date of the claim"),
        "how": Look(missing="Select how the claim was made"),
        "grounds": Look(
            hint="In the subject’s own words as far as they are known. The notice of decision answers them",
            missing="Enter on what grounds the claim is made",
            rows=6,
            noun="the grounds",
        ),
    }


class EndClaimForm(GovukForm):
    end = forms.ChoiceField(
        label="How did the claim end?", choices=ClaimEnd.choices, widget=forms.RadioSelect
    )
    ended_on = GovukDateField(label="When?", not_future=True)
    words = ReasonsField(label="What shows it?", max_length=LONG)
    look: Mapping[str, Look] = {
        "end": Look(
            hint="A claim that a decision here refuses is not ended on this page",
            missing="Select how the claim ended",
        ),
        "ended_on": Look(noun="the date it ended"),
        "words": Look(
            hint="The letter, the decision or the form, with its date",
            missing="Enter what shows that the claim ended",
            noun="what shows it",
        ),
    }
