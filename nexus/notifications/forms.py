"""How a person wants to be told, a question a group."""

from typing import Any

from django import forms

from nexus.accounts.models import User
from nexus.notifications.kinds import Delivery, groups_of
from nexus.notifications.queries import choices_of
from nexus.ui.forms import GovukForm, Look
from nexus.ui.wording import lower_first


class PreferencesForm(GovukForm):
    """One field for each group that comes to the person's role; what holds now is selected."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.groups = groups_of(user.role)
        kwargs["initial"] = choices_of(user)
        self.base_fields = {  # type: ignore[misc]  # whose they are is known only here
            name: forms.ChoiceField(label=group.title, choices=Delivery.choices, widget=forms.RadioSelect)
            for name, group in self.groups.items()
        }
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        return {"choices": self.cleaned_data}

    def look_of(self, name: str) -> Look:
        group = self.groups[name]
        return Look(
            hint=group.description,
            missing=f"Select how you want to be notified about {lower_first(group.title)}",
        )
