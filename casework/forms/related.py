"""Cases that belong together."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from casework.forms.base import LONG, CaseForm
from casework.models import Case, Relation
from nexus.ui.forms import Look, TextField


class RelateForm(CaseForm):
    other = TextField(label="Reference of the other case", max_length=15)
    kind = forms.ChoiceField(
        label="How are they related?", choices=Relation.choices, widget=forms.RadioSelect
    )
    reason = TextField(label="Why do they belong together?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "other": Look(
            hint="For example, NHH-2026-000123", missing="Enter the other case’s reference", width=20
        ),
        "kind": Look(missing="Select how the cases are related"),
        "reason": Look(missing="Enter why the cases are related", noun="the reason"),
    }

    def clean_other(self) -> Case:
        """A case the person may see; any other does not exist for them."""
        wanted = self.cleaned_data["other"].upper()
        found = Case.objects.visible_to(self.by).filter(referral__reference=wanted).first()
        if found is None:
            raise ValidationError("There is no case with this reference. Check it on the other case’s page.")
        return found


class UnrelateForm(CaseForm):
    reason = TextField(label="Why do they not belong together?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the cases are no longer related", noun="the reason")
    }
