"""What the forms about material share."""

from typing import Any

from django import forms

from casework.material.models import Material
from nexus.accounts.models import User
from nexus.ui.forms import GovukForm

FIT = "It holds no legal advice, nothing about health and nothing about other people"
FIT_MISSING = "Confirm that what the force reads holds no legal advice, health or other people’s details"
INSIDE = "The force does not read this."


def fit_field() -> forms.BooleanField:
    return forms.BooleanField(label=FIT)


class MaterialForm(GovukForm):
    """A form about one piece of material, filled in by one person."""

    def __init__(self, *args: Any, material: Material | None = None, by: User, **kwargs: Any) -> None:
        self.material, self.by = material, by
        super().__init__(*args, **kwargs)
