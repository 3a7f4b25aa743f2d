"""What is typed about a review. Forms clean, actions decide; field names are the actions' own."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from nexus.retention.actions.keep import reasons_not_until
from nexus.retention.models import Ground
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField

LONG = 4000
NAMELESS = "Do not name the person: these words stay when the record is gone."


class OpenForm(GovukForm):
    """Which record is reviewed before its period is over, and why."""

    reference = TextField(label="Reference of the record", max_length=60)
    reason = ReasonsField(label="Why is it reviewed now?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reference": Look(
            hint="For example, NHH-2026-000123", missing="Enter the reference", width=20, spellcheck=False
        ),
        "reason": Look(hint=NAMELESS, missing="Enter why it is reviewed now"),
    }


class KeepForm(GovukForm):
    """Until when it is kept, and why."""

    until = GovukDateField(label="Until which day is it kept?", future=True)
    reason = ReasonsField(label="Why is it still needed?", max_length=LONG)
    look: Mapping[str, Look] = {
        "until": Look(hint="On that day it is reviewed again. Six years at most.", noun="the day"),
        "reason": Look(hint=NAMELESS, missing="Enter why it is still needed"),
    }

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if sentences := reasons_not_until(until, timezone.localdate()):
            raise ValidationError(sentences)
        return until


class HoldForm(GovukForm):
    """Who needs the record, and what for."""

    reason = ReasonsField(label="Who needs the record, and for which proceedings?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint=f"For example, a court and its reference. {NAMELESS}",
            missing="Enter who needs the record, and for which proceedings",
        )
    }


class BecauseForm(GovukForm):
    """A reason, and nothing else."""

    reason = ReasonsField(label="Why?", max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(hint=NAMELESS, missing="Enter why")}


class ProposeForm(GovukForm):
    """On which ground a record is erased, and what was looked at."""

    ground = forms.ChoiceField(label="Why is it erased?", choices=Ground.choices, widget=forms.RadioSelect)
    because = ReasonsField(label="What did you look at, and why does nobody need it?", max_length=LONG)
    look: Mapping[str, Look] = {
        "ground": Look(missing="Select why it is erased"),
        "because": Look(hint=NAMELESS, missing="Enter what you looked at, and why nobody needs it"),
    }
