"""What is typed at the desk."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.kinds import Delivery
from nexus.ui.forms import GovukForm, Look, TextField
from referrals.desk.models import HowOften
from referrals.desk.queries import officer_loads
from referrals.forms.triage import HandOverForm


class ViewForm(GovukForm):
    """A saved view's name, and who sees it."""

    name = TextField(label="Name of the view", max_length=60)
    shared = forms.BooleanField(label="Share it with everybody at the desk", required=False)
    look: Mapping[str, Look] = {
        "name": Look(
            hint="For example, My forces this week. Not a person’s name.", missing="Enter a name for the view"
        ),
    }


ALERTS = [(Delivery.NONE.value, "Not at all"), *HowOften.choices]


class NewViewForm(ViewForm):
    default = forms.BooleanField(label="Open the queue with this view", required=False)
    how_often = forms.ChoiceField(
        label="How do you want alerts about new referrals in this view?",
        choices=ALERTS,
        widget=forms.RadioSelect,
        required=False,
    )
    look: Mapping[str, Look] = {
        **ViewForm.look,
        "how_often": Look(optional=True, small=True, hint="You can change this later under “Manage views”"),
    }


class AlertForm(GovukForm):
    """How one person hears of what newly enters a view."""

    how_often = forms.ChoiceField(label="Alerts", choices=ALERTS, widget=forms.RadioSelect)
    look: Mapping[str, Look] = {"how_often": Look(missing="Select how you want alerts about this view")}


class DefaultForm(GovukForm):
    """Whether the queue opens with a view: `off` ends it."""

    off = forms.BooleanField(required=False)

    def answers(self) -> dict[str, Any]:
        """What `actions.make_default` takes."""
        return {"on": not self.cleaned_data["off"]}


class ManyForm(HandOverForm):
    """What a verb on many referrals needs besides the referrals."""

    def __init__(self, *args: Any, verb: str, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = by.role == Role.MANAGER
        if verb != "hand_over":
            del self.fields["to"]
        else:  # with what each officer has in sight
            there = [load for load in officer_loads(timezone.now()) if load.person.is_active]
            named = [(str(load.person.pk), load.words) for load in there]
            self.fields["to"].choices = [("", "Select an officer"), *named]  # type: ignore[attr-defined]
