"""What several forms of an engagement ask: long texts, moments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from casework.engagement.queries import name_of
from casework.models import Case
from nexus.accounts.models import Force
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField

LONG = 4000  # characters of a reason or an account
FORCE_READS = "The force reads this."
INSIDE = "The force does not read this."
SAFETY = (
    "The force reads this, and nothing else about health, vulnerability or trafficking. Say only what officers "
    "need for their and the person’s safety."
)

DAY, CLOCK = "For example, 27 11 2026", "For example, 6am or 17:30"


def long_text(label: str, **kwargs: Any) -> TextField:
    return TextField(label=label, multi_line=True, max_length=LONG, **kwargs)


def reasons_text(label: str, **kwargs: Any) -> ReasonsField:
    return ReasonsField(label=label, max_length=LONG, **kwargs)


class OperationField(forms.ModelChoiceField):
    """An operation by its kind, its force and the day it was begun."""

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


def engaged() -> Any:
    return Force.objects.filter(engaged=True)


def force_of(case: Case) -> dict[str, Any]:
    """The force of the referral, where it can be asked: what is known already is not chosen again."""
    force = case.referral.force
    return {"force": force.code} if force.engaged else {}


class MomentsForm(GovukForm):
    """A form that asks for moments: `<name>_on` is the day, `<name>_time` the clock; cleans to `<name>_at`."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in [name.removesuffix("_on") for name in self.fields if name.endswith("_on")]:
            day, clock = cleaned.pop(f"{name}_on", None), cleaned.pop(f"{name}_time", None)
            if day and clock is not None:
                cleaned[f"{name}_at"] = timezone.make_aware(datetime.combine(day, clock))
        return cleaned


def begins_with(name: str, moment: datetime | None) -> dict[str, Any]:
    """What the two fields of a moment hold to begin with."""
    if moment is None:
        return {}
    local = timezone.localtime(moment)
    return {f"{name}_on": local.date(), f"{name}_time": local.time()}


class ConfirmForm(GovukForm):
    """Nothing to fill in: the button is the answer."""


class ShownTextForm(GovukForm):
    """Sends the text that its page showed and its digest: whoever signs has this very text before them."""

    sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    shown_text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


UNTIL: Mapping[str, Look] = {
    "expires_on": Look(hint=DAY, noun="the last day of the authorisation"),
    "expires_time": Look(hint=CLOCK, width=10, noun="the time the authorisation ends"),
}
