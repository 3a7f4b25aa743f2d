"""The filters of the list."""

from django import forms

from casework.material.states import State
from nexus.ui.forms import GovukForm


class MaterialFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.ChoiceField(
        label="Where it stands", required=False, choices=[("", "Anywhere"), *State.choices]
    )
    mine = forms.BooleanField(label="My cases only", required=False)
    overdue = forms.BooleanField(label="Overdue from the force", required=False)
    unanswered = forms.BooleanField(label="Last message from the force", required=False)
    for_appeals = forms.BooleanField(label="For Specialist Appeals to review", required=False)
