"""Cases that belong together, and people who have no case."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.forms.base import LONG, CaseForm
from casework.models import Case, PersonRelation, RelatedPerson, Relation
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField, YesNoField

NEVER_COUNTED = "Marked as such, and never counted as offending"


class RelateForm(CaseForm):
    other = TextField(label="Reference of the other case", max_length=15)
    kind = forms.ChoiceField(
        label="How are they related?", choices=Relation.choices, widget=forms.RadioSelect
    )
    reason = ReasonsField(label="Why do they belong together?", max_length=LONG)
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


class UnrelateForm(GovukForm):
    reason = ReasonsField(label="Why do they not belong together?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the cases are no longer related", noun="the reason")
    }


class PersonForm(GovukForm):
    """A person around the subject."""

    name = TextField(label="Name", max_length=120)
    relation = forms.ChoiceField(
        label="Who are they to the subject?", choices=PersonRelation.choices, widget=forms.RadioSelect
    )
    known = TextField(label="What is known of them?", multi_line=True, max_length=LONG)
    source = TextField(label="How is this known?", max_length=200)
    disclosable = YesNoField(label="May this be disclosed?")
    look: Mapping[str, Look] = {
        "name": Look(
            hint="Enter “Not known” if nobody knows it",
            missing="Enter the person’s name, or “Not known”",
            autocomplete="off",
        ),
        "relation": Look(
            missing="Select how the person is related",
            item_hints={
                PersonRelation.VICTIM: NEVER_COUNTED,
                PersonRelation.WITNESS: NEVER_COUNTED,
            },
        ),
        "known": Look(
            hint="Only what the case needs. The force never reads this.",
            missing="Enter what is known of the person",
            noun="what is known",
        ),
        "source": Look(
            hint="For example, the subject’s interview of 3 March", missing="Enter how this is known"
        ),
        "disclosable": Look(
            hint="In the decision, or to a tribunal",
            missing="Select whether this may be disclosed",
            inline=True,
        ),
    }


class CorrectPersonForm(PersonForm):
    """The same, beginning with what stands now, and why it is corrected."""

    because = ReasonsField(label="Why is it corrected?", max_length=LONG)
    look: Mapping[str, Look] = {
        **PersonForm.look,
        "because": Look(missing="Enter why it is corrected", noun="the reason", rows=3),
    }

    def __init__(self, *args: Any, person: RelatedPerson, **kwargs: Any) -> None:
        said = {name: getattr(person, name) for name in PersonForm.base_fields}
        super().__init__(*args, initial=said, **kwargs)


class RemovePersonForm(GovukForm):
    reason = ReasonsField(label="Why is the person removed?", max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(missing="Enter why the person is removed", noun="the reason")}
