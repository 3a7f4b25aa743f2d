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
        self.by = by
        if by.is_police:
            del self.fields["force"]
        else:
            self.fields["force"].queryset = Force.objects.filter(engaged=True)  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """What `actions.start` takes; whoever starts is the officer to ask, until the draft says otherwise."""
        return {
            "idempotency_key": self.cleaned_data["key"],
            "force": self.cleaned_data.get("force"),
            "officer": self.by.full_name,
            "officer_contact": self.by.email[:120],
        }
