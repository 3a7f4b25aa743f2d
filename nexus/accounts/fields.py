"""The choice of a force in the filters of a list: the list of forces changes with a new one, every few years."""

from typing import Any

from django import forms

from nexus.accounts.models import Force
from nexus.fresh import Fresh

FORCES = Fresh(lambda: {force.code: force for force in Force.objects.all()})


class ForceField(forms.TypedChoiceField):
    """Chosen by its code; what is cleaned is the Force, or None."""

    def __init__(self, *, empty_label: str, **kwargs: Any) -> None:
        def choices() -> list[tuple[str, str]]:
            return [("", empty_label), *((code, str(force)) for code, force in FORCES.now().items())]

        super().__init__(
            choices=choices, coerce=lambda code: FORCES.now().get(code), empty_value=None, **kwargs
        )
