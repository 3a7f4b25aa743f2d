"""The filters of the lists, bound to their addresses."""

from collections.abc import Mapping

from django import forms

from casework.engagement.rules.powers import Kind
from casework.engagement.states import State
from nexus.accounts.fields import ForceField
from nexus.accounts.regions import NO_REGION, Region
from nexus.ui.forms import GovukDateField, GovukForm, Look


class EngagementFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any kind"), *Kind.choices()])
    force = ForceField(label="Force", required=False, empty_label="Every force")
    region = forms.ChoiceField(
        label="Region", required=False, choices=[("", "Every region"), *Region.choices]
    )
    mine = forms.BooleanField(label="On my own cases only", required=False)
    blocked = forms.BooleanField(label="Blocked by a trafficking indicator", required=False)
    look: Mapping[str, Look] = {
        "state": Look(small=True),
        "mine": Look(small=True),
        "blocked": Look(small=True),
    }


NO_REGION_CODE = "none"


class DiscussionFilter(GovukForm):
    """Which part of the tasking discussion list: a region, and until which day."""

    region = forms.ChoiceField(
        label="Region",
        required=False,
        choices=[("", "Every region"), *Region.choices, (NO_REGION_CODE, NO_REGION)],
    )
    starts_on = GovukDateField(label="From which day?", required=False)
    ends_on = GovukDateField(label="Until which day?", required=False)
    look: Mapping[str, Look] = {
        "starts_on": Look(small=True, noun="the first day"),
        "ends_on": Look(small=True, noun="the last day"),
    }
