"""Custody: when the detention clock began, in UK time, and under what the subject is held."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone

from nexus.ui.forms import GovukDateField, Look, TextField
from nexus.ui.times import read_time
from referrals.forms.answers import AnswersForm
from referrals.forms.draft import line, radios
from referrals.rules.custody import HeldUnder, detention_question

LONDON = ZoneInfo("Europe/London")


class CustodyForm(AnswersForm):
    """Two inputs make one moment, in UK time."""

    custody_reference = line("Custody reference", 30)
    custody_clock_started_at = GovukDateField(
        label="Date the detention clock started", not_future=True, required=False
    )
    custody_clock_time = TextField(label="Time the detention clock started", max_length=10, required=False)

    held_under = radios("What is the subject held under?", HeldUnder.choices())

    look: Mapping[str, Look] = {
        "custody_reference": Look(width=20, hint="30 characters at most"),
        "custody_clock_started_at": Look(hint="For example, 14 11 2026"),
        "custody_clock_time": Look(width=10, hint="UK time, for example 6:27am or 18:27"),
    }

    @classmethod
    def columns(cls) -> list[str]:
        return ["custody_reference", "custody_clock_started_at", "held_under"]

    @classmethod
    def stored(cls, referral: Any) -> dict[str, Any]:
        found = super().stored(referral)
        started = found["custody_clock_started_at"]
        if started:
            local = timezone.localtime(started)
            found |= {"custody_clock_started_at": local.date(), "custody_clock_time": f"{local:%H:%M}"}
        return found

    def clean_custody_clock_time(self) -> time | None:
        typed = self.cleaned_data["custody_clock_time"]
        return clean_time(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, at = cleaned.get("custody_clock_started_at"), cleaned.pop("custody_clock_time", None)
        if day and at:
            cleaned["custody_clock_started_at"] = self.moment(day, at)
        elif (day or at) and not self.errors:
            missing = "custody_clock_time" if day else "custody_clock_started_at"
            word = "time" if day else "date"
            self.add_error(missing, f"Enter the {word} the detention clock started as well")
        if {"custody_clock_started_at", "custody_clock_time"} & set(self.errors):
            cleaned.pop("custody_clock_started_at", None)
        asked = detention_question(
            cleaned.get("custody_clock_started_at"), cleaned.get("held_under", ""), timezone.now()
        )
        if asked:  # never silently taken: the date is corrected, or what extends it is said
            self.add_error("held_under", asked)
            cleaned.pop("custody_clock_started_at", None)
        return cleaned

    def moment(self, day: date, at: time) -> datetime | None:
        """The moment in London; an hour that comes twice is the first, so that the clock ends no later."""
        local = datetime.combine(day, at, LONDON)
        if local.astimezone(ZoneInfo("UTC")).astimezone(LONDON).replace(tzinfo=None) != local.replace(
            tzinfo=None
        ):
            self.add_error("custody_clock_time", "The clocks went forward over that time. Check the time")
        elif local > timezone.now() + timedelta(minutes=1):
            self.add_error("custody_clock_time", "The time the detention clock started must be in the past")
        return local


def clean_time(typed: str) -> time:
    """A time of day of a form. Raises ValidationError with a sentence."""
    try:
        return read_time(typed)
    except ValueError:
        raise ValidationError("Enter a time like 6:27am or 18:27") from None
