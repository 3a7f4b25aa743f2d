"""What stands against removal."""

from collections.abc import Mapping

from django import forms

from casework.forms.base import LONG
from casework.models import BarrierKind
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField


class BarrierForm(GovukForm):
    kind = forms.ChoiceField(
        label="What stands against removal?", choices=BarrierKind.choices, widget=forms.RadioSelect
    )
    since = GovukDateField(label="Since when?", not_future=True)
    details = TextField(label="What is known about it?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "kind": Look(
            missing="Select what kind of barrier it is",
            item_hints={BarrierKind.TRAFFICKING: "Only a Senior Caseworker can lift it"},
        ),
        "since": Look(noun="the date the barrier began", hint="Today or in the past"),
        "details": Look(
            hint="For example, the reference, the court or the date of the hearing",
            missing="Enter what is known about the barrier",
            noun="what is known",
        ),
    }


class LiftBarrierForm(GovukForm):
    reason = ReasonsField(label="Why does it no longer stand?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the barrier no longer applies", noun="the reason")
    }
