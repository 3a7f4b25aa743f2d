"""What is typed about the rota."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from nexus.accounts.models import User
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField
from nexus.ui.times import read_time
from referrals.duty_desk.forms.enquiries import LONG
from referrals.duty_desk.rules.rota import HELD_BY, Duty, london, shown_once


class ClockField(TextField):
    """A time of day in London: 9am, 5:30pm, 17:30, midday or midnight. Cleans to a `datetime.time`."""

    def prepare_value(self, value: Any) -> Any:
        return formatting.time(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:  # refused above where it is required
            return None
        try:
            return read_time(typed)
        except ValueError:
            raise self.problem("must be a time, like 9am, 5:30pm or 17:30", "invalid") from None


def holders() -> list[tuple[str, str]]:
    """Who may be on the rota, with their role, read again for each form."""
    people = User.objects.filter(role__in=HELD_BY.values(), is_active=True).order_by("role", "full_name")
    return [("", "Choose"), *((str(each.pk), f"{each} – {each.get_role_display()}") for each in people)]


class ShiftForm(GovukForm):
    duty = forms.ChoiceField(label="What is the shift for?", choices=Duty.choices, widget=forms.RadioSelect)
    person = forms.ChoiceField(label="Who has it?", choices=holders)
    first_day = GovukDateField(label="First day")
    start = ClockField(label="From", max_length=10)
    last_day = GovukDateField(label="Last day")
    end = ClockField(label="Until", max_length=10)
    look: Mapping[str, Look] = {
        "duty": Look(missing="Select what the shift is for", inline=True),
        "person": Look(missing="Select who has the shift"),
        "first_day": Look(hint="For example, 27 11 2026"),
        "last_day": Look(hint="For example, 28 11 2026"),
        "start": Look(hint="For example, 5pm or 17:30", width=10, noun="the start of the shift"),
        "end": Look(hint="Midnight is the start of a day", width=10, noun="the end of the shift"),
    }

    def clean_person(self) -> User:
        return User.objects.get(pk=self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day, at in (("first_day", "start"), ("last_day", "end")):
            if day in cleaned and at in cleaned and not shown_once(cleaned[day], cleaned[at]):
                self.add_error(at, "The clocks change over this time. Choose one before 1am or from 2am")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {
            "duty": cleaned["duty"],
            "person": cleaned["person"],
            "starts_at": london(cleaned["first_day"], cleaned["start"]),
            "ends_at": london(cleaned["last_day"], cleaned["end"]),
        }


def shift_answers(duty: str, starts_at: str, ends_at: str) -> dict[str, Any]:
    """What the form begins with when a gap is to be filled: the gap as the address has it, or nothing."""
    try:
        since, until = (timezone.localtime(datetime.fromisoformat(each)) for each in (starts_at, ends_at))
    except (ValueError, OverflowError):
        return {}
    day: tuple[date, date] = since.date(), until.date()
    return {"duty": duty, "first_day": day[0], "start": since.time(), "last_day": day[1], "end": until.time()}


class SwapForm(GovukForm):
    """Who takes over; only those whose role fits are offered."""

    person = forms.ChoiceField(label="Who takes the shift?", choices=())
    reason = ReasonsField(label="Why does it change hands?", max_length=500)
    look: Mapping[str, Look] = {
        "person": Look(missing="Select who takes the shift"),
        "reason": Look(missing="Enter why the shift changes hands", noun="the reason", rows=3),
    }

    def __init__(self, *args: Any, duty: str, besides: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(role=HELD_BY[duty], is_active=True).exclude(pk=besides)
        named = [(str(pk), name) for pk, name in people.values_list("pk", "full_name")]
        self.fields["person"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]

    def clean_person(self) -> User:
        return User.objects.get(pk=self.cleaned_data["person"])


class CancelForm(GovukForm):
    reason = ReasonsField(label="Why is the shift taken off the rota?", max_length=500)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the shift is taken off", noun="the reason", rows=3)
    }


class HandoverForm(GovukForm):
    text = TextField(label="Handover note for today", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(
            hint="What the next person on duty needs to know. Use references, not names.",
            missing="Enter the handover note",
            noun="the handover note",
        )
    }
