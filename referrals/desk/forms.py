"""What is typed at the desk."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukForm, Look, TextField
from referrals.forms.triage import LONG


class ViewForm(GovukForm):
    """A saved view's name, and who sees it."""

    name = TextField(label="Name of the view", max_length=60)
    shared = forms.BooleanField(label="Share it with everybody at the desk", required=False)
    look: Mapping[str, Look] = {
        "name": Look(
            hint="For example, My forces this week. Not a person’s name.", missing="Enter a name for the view"
        ),
    }


class NewViewForm(ViewForm):
    default = forms.BooleanField(label="Open the queue with this view", required=False)


def officers() -> list[tuple[str, str]]:
    """Who may be given a referral, asked anew for each form."""
    named = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True).values_list("pk", "full_name")
    return [("", "Select an officer"), *((str(pk), name) for pk, name in named)]


class ManyForm(GovukForm):
    """What a deed on many referrals needs besides the referrals."""

    to = forms.ChoiceField(label="Which officer?", choices=officers)
    reason = TextField(label="Why?", multi_line=True, max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "to": Look(missing="Select an officer"),
        "reason": Look(hint="It stands in each referral’s timeline", missing="Enter why", rows=3),
    }

    def __init__(self, *args: Any, deed: str, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = by.role == Role.MANAGER
        if deed != "hand_over":
            del self.fields["to"]

    def answers(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        return {**cleaned, "to": User.objects.get(pk=cleaned["to"])} if "to" in cleaned else cleaned
