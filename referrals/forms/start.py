"""What starting a referral asks: nothing of the police, the force of an immigration officer."""

from typing import Any

from django import forms

from nexus.accounts.models import Force, User
from nexus.ui.forms import GovukForm, Look


class StartForm(GovukForm):
    """`key` makes a start that is sent twice one referral."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    force = forms.ModelChoiceField(
        label="Which force makes the referral?",
        queryset=Force.objects.none(),
        to_field_name="code",
        empty_label="Choose",
    )
    look = {
        "force": Look(
            missing="Select the force",
            noun="the force",
            hint="Only forces engaged with Nexus High Harm are listed",
        )
    }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.is_police:
            del self.fields["force"]
        else:
            self.fields["force"].queryset = Force.objects.filter(engaged=True)  # type: ignore[attr-defined]
