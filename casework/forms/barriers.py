"""What stands against removal."""

from collections.abc import Mapping
from typing import Any

from django import forms

from casework.forms.base import LONG
from casework.models import BarrierKind
from casework.rules.trafficking import POSITIVE, NrmOutcome
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


# What is asked beside the reason, by the kind of barrier.
ASKED_OF_AN_END = {
    BarrierKind.TRAFFICKING: ("outcome", "ended_on", "ended_reference"),
    BarrierKind.INJUNCTION: ("court", "ended_on", "ended_reference"),
}
END_FIELDS = ("outcome", "court", "ended_on", "ended_reference")


class LiftBarrierForm(GovukForm):
    """Asks what ended it where its kind has that: the decision about trafficking, or the court's order."""

    outcome = forms.ChoiceField(
        label="What was decided about trafficking?", choices=NrmOutcome.choices(), widget=forms.RadioSelect
    )
    court = TextField(label="Which court made the order that ends it?", max_length=200)
    ended_on = GovukDateField(label="What is the date of the decision or order?", not_future=True)
    ended_reference = TextField(label="What is its reference?", max_length=100)
    reason = ReasonsField(label="Why does it no longer stand?", max_length=LONG)
    look: Mapping[str, Look] = {
        "outcome": Look(
            missing="Select what was decided about trafficking",
            item_hints=dict.fromkeys(POSITIVE, "The barrier stands on, as one of that decision"),
        ),
        "court": Look(missing="Enter the court that made the order"),
        "ended_on": Look(noun="the date of the decision or order"),
        "ended_reference": Look(
            missing="Enter the reference of the decision or order",
            hint="Of the National Referral Mechanism or the court",
            width=20,
        ),
        "reason": Look(
            missing="Enter why the barrier no longer applies",
            noun="the reason",
            hint="After a positive decision: what is done with the case now",
        ),
    }

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        """`kind` of the barrier; without one every field is there, as for the schema."""
        super().__init__(*args, **kwargs)
        asked = ASKED_OF_AN_END.get(BarrierKind(kind), ()) if kind else END_FIELDS
        for name in END_FIELDS:
            if name not in asked:
                del self.fields[name]
