"""What an officer types in clerical review: the queue's filters and a verdict."""

from typing import Any

from django import forms

from nexus.accounts.models import Force
from nexus.ui.forms import GovukForm, Look, TextField
from referrals.datawash.models import TO_REVIEW, Verdict, Wash
from referrals.datawash.queue import SHOWN
from referrals.datawash.states import State


def lists() -> list[tuple[str, str]]:
    """The lists with a report in force, read again for each form."""
    washes = Wash.objects.filter(state=State.WASHED).select_related("agreement__force")
    return [
        ("", "Every list"),
        *((str(each.pk), f"{each.file_name}, {each.agreement.force}") for each in washes),
    ]


class ReviewFilter(GovukForm):
    """Bound to the address of the queue; a filter that is not understood filters nothing."""

    shown = forms.ChoiceField(label="Show", required=False, choices=list(SHOWN.items()))
    force = forms.ModelChoiceField(
        label="Force",
        required=False,
        queryset=Force.objects.filter(datawash_agreements__isnull=False).distinct(),
        to_field_name="code",
        empty_label="Every force",
    )
    list = forms.ChoiceField(label="List", required=False, choices=lists)
    grade = forms.MultipleChoiceField(
        label="Grade",
        required=False,
        choices=[(grade, grade.capitalize()) for grade in TO_REVIEW],
        widget=forms.CheckboxSelectMultiple,
    )
    look = {"grade": Look(small=True)}


class VerdictForm(GovukForm):
    """One of three buttons, a note, and how much had been said when the page was read."""

    verdict = forms.ChoiceField(label="Is this the same person?", choices=Verdict.choices)
    note = TextField(label="Note", multi_line=True, max_length=1000, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    look = {
        "verdict": Look(missing="Choose one of the three answers"),
        "note": Look(hint="For your colleagues. The force does not see it.", optional=True, rows=2),
    }

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("verdict", "note", "seen")}
