"""What whoever asks for an engagement fills in. Forms clean; actions decide. Nothing is preselected."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from casework.engagement.forms.fields import (
    CLOCK,
    DAY,
    FORCE_READS,
    INSIDE,
    MomentsForm,
    begins_with,
    engaged,
    long_text,
    reasons_text,
)
from casework.engagement.models import Engagement
from casework.engagement.rules.powers import Kind, powers_for
from nexus.accounts.models import Force
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField
from referrals.duty_desk.forms.rota import ClockField


class StartForm(GovukForm):
    kind = forms.ChoiceField(label="What is it?", choices=Kind.choices(), widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        label="Which force is asked?",
        queryset=Force.objects.none(),
        to_field_name="code",
        empty_label="Choose",
    )
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what kind of operation it is"),
        "force": Look(missing="Select the force", hint="Only forces engaged with Nexus High Harm are listed"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].queryset = engaged()  # type: ignore[attr-defined]


def detail_initial(engagement: Engagement, *, last: Engagement | None = None) -> dict[str, Any]:
    """What the details begin with; where no address was written yet, that of the case's last operation."""
    names = ("legal_power", "address", "asked", "why")
    written = {name: getattr(engagement, name) for name in names}
    if last and not engagement.address:
        written["address"] = last.address
    return {
        **written,
        **begins_with("window_starts", engagement.window_starts_at),
        **begins_with("window_ends", engagement.window_ends_at),
    }


class DetailsForm(MomentsForm):
    """By which power, where, when, what, and why."""

    legal_power = forms.ChoiceField(label="Which legal power applies?", choices=(), widget=forms.RadioSelect)
    address = TextField(label="Where?", multi_line=True, max_length=500)
    window_starts_on = GovukDateField(label="From which day?")
    window_starts_time = ClockField(label="From what time?", max_length=10)
    window_ends_on = GovukDateField(label="Until which day?")
    window_ends_time = ClockField(label="Until what time?", max_length=10)
    asked = long_text("What is asked of the force?")
    why = reasons_text("Why is it necessary?")
    look: Mapping[str, Look] = {
        "legal_power": Look(
            missing="Select the legal power",
            hint="Marked “unverified” where nobody has checked it against the current statute.",
        ),
        "address": Look(missing="Enter the address", noun="the address", rows=3),
        "window_starts_on": Look(hint=DAY, noun="the first day"),
        "window_starts_time": Look(hint=CLOCK, width=10, noun="the time it begins"),
        "window_ends_on": Look(hint=DAY, noun="the last day"),
        "window_ends_time": Look(hint=CLOCK, width=10, noun="the time it ends"),
        "asked": Look(
            hint=f"{FORCE_READS} Leave out legal advice and health.",
            missing="Enter what is asked of the force",
            noun="what is asked",
        ),
        "why": Look(
            hint=f"{INSIDE} Why now, and why nothing less would do.",
            missing="Enter why it is necessary",
            noun="why it is necessary",
        ),
    }

    def __init__(
        self, *args: Any, kind: str, was_said: bool = False, address_from: str = "", **kwargs: Any
    ) -> None:
        self.address_from = address_from
        super().__init__(*args, **kwargs)
        choices = [(power.code, power.label) for power in powers_for(kind)]
        self.fields["legal_power"].choices = choices  # type: ignore[attr-defined]
        if was_said:  # on the telephone: that stays as it was logged
            del self.fields["asked"]

    def look_of(self, name: str) -> Look:
        look = super().look_of(name)
        return replace(look, hint=self.address_from) if name == "address" else look


class SettleForm(GovukForm):
    reply = long_text("How was it settled?")
    look: Mapping[str, Look] = {"reply": Look(missing="Enter how the issue was settled", noun="the answer")}


class ReopenForm(GovukForm):
    reason = reasons_text("What changes, and why?")
    look: Mapping[str, Look] = {"reason": Look(missing="Enter what changes, and why", noun="the reason")}


class LookAgainForm(GovukForm):
    reason = reasons_text("Why should it go ahead after all?")
    look: Mapping[str, Look] = {
        "reason": Look(hint=INSIDE, missing="Enter why it should go ahead after all", noun="the reason")
    }


class WithdrawForm(GovukForm):
    reason = reasons_text("Why is it no longer needed?")
    look: Mapping[str, Look] = {"reason": Look(missing="Enter why it is no longer needed", noun="the reason")}
