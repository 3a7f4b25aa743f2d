"""What the force fills in: its answer, and what came of it."""

from collections.abc import Mapping

from django import forms

from casework.engagement.forms.fields import CLOCK, DAY, MomentsForm, long_text, reasons_text
from casework.engagement.models import DeclineKind
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField
from referrals.duty_desk.forms.rota import ClockField


class AcceptForm(GovukForm):
    words = long_text("Who will do it, and when?", required=False)
    look: Mapping[str, Look] = {"words": Look(optional=True, rows=3)}


class DeclineForm(GovukForm):
    kind = forms.ChoiceField(
        label="Why does the force decline?", choices=DeclineKind.choices, widget=forms.RadioSelect
    )
    words = reasons_text("Say more")
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select why the force declines"),
        "words": Look(
            hint="What would make it possible?",
            missing="Enter why the force declines",
            noun="why it declines",
        ),
    }


HAPPENED: Mapping[str, Look] = {
    "happened_on": Look(hint=DAY, noun="the day it happened"),
    "happened_time": Look(hint=CLOCK, width=10, noun="the time it happened"),
    "officers": Look(missing="Enter who was there", noun="who was there"),
}


class ExecuteForm(MomentsForm):
    happened_on = GovukDateField(label="On which day was it carried out?", not_future=True)
    happened_time = ClockField(label="At what time?", max_length=10)
    officers = TextField(label="Which officers were there?", max_length=200)
    look: Mapping[str, Look] = HAPPENED


class AbortForm(ExecuteForm):
    happened_on = GovukDateField(label="On which day was it aborted?", not_future=True)
    reason = reasons_text("Why was it aborted?")
    look: Mapping[str, Look] = {
        **HAPPENED,
        "reason": Look(missing="Enter why it was aborted", noun="the reason"),
    }


class OutcomeForm(GovukForm):
    what_happened = long_text("What happened?")
    custody_reference = TextField(label="Custody reference", max_length=30, required=False)
    look: Mapping[str, Look] = {
        "what_happened": Look(
            hint="Who was detained, what was served, and where the person is now. The Home Office reads this.",
            missing="Enter what happened",
            noun="what happened",
        ),
        "custody_reference": Look(optional=True, width=20),
    }
