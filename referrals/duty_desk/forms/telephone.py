"""The shortened form, in the order in which a caller tells it. Only force, caller and why are required."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES
from nexus.ui.forms import GovukDateField, GovukForm, Look, PartialDateField, ReasonsField, TextField
from nexus.working_days import local_day
from referrals.duty_desk.forms.enquiries import LONG
from referrals.duty_desk.rules.rota import london
from referrals.forms.custody import clean_time
from referrals.models import Sex
from referrals.rules.custody import HeldUnder, detention_question
from referrals.rules.nationalities import NATIONALITY_CHOICES

OPTIONAL = Look(optional=True, autocomplete="off", spellcheck=False)


def line(label: str, length: int = 120) -> TextField:
    return TextField(label=label, max_length=length, required=False)


class CallForm(GovukForm):
    """`key` makes a call that is sent twice one referral."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    force = forms.ModelChoiceField(
        label="Which force is calling?",
        queryset=Force.objects.filter(engaged=True),
        to_field_name="code",
        empty_label="Choose",
    )
    caller = TextField(label="Name of the caller", max_length=120)
    contact = line("How to reach them")
    why_urgent = ReasonsField(label="Why is it urgent?", max_length=LONG)
    custody_reference = line("Custody suite and reference", 30)
    clock_time = line("Time the detention clock started", 10)
    clock_date = GovukDateField(label="Date the detention clock started", required=False, not_future=True)
    held_under = forms.ChoiceField(
        label="What is the subject held under?",
        choices=HeldUnder.choices(),
        widget=forms.RadioSelect,
        required=False,
    )
    surname = line("Family name")
    forenames = line("Given names")
    date_of_birth = PartialDateField(label="Date of birth", not_future=True, required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=forms.RadioSelect, required=False)
    nationality = forms.ChoiceField(
        label="Nationality they claim", choices=[("", "Not known"), *NATIONALITY_CHOICES], required=False
    )
    officer = line("Officer in the case")
    account = forms.EmailField(label="E-mail address the officer signs in with", required=False)
    asked = TextField(label="What do they ask of you?", multi_line=True, max_length=LONG, required=False)
    advice = TextField(label="What did you tell them?", multi_line=True, max_length=LONG, required=False)

    look: Mapping[str, Look] = {
        "force": Look(missing="Select the force that calls"),
        "caller": Look(missing="Enter the name of the caller", autocomplete="off"),
        "contact": Look(optional=True, hint="The number to call back", autocomplete="off", inputmode="tel"),
        "why_urgent": Look(
            missing="Enter why it is urgent", hint="A few words are enough", noun="why it is urgent", rows=3
        ),
        "custody_reference": Look(optional=True, hint="30 characters at most", width=20, autocomplete="off"),
        "clock_time": Look(optional=True, width=10, hint="UK time, for example 6:27am or 18:27"),
        "clock_date": Look(optional=True, hint="Leave it empty for the last time it was that time"),
        "held_under": Look(optional=True),
        "surname": OPTIONAL,
        "forenames": OPTIONAL,
        "date_of_birth": Look(optional=True, hint="If only the year is known, leave day and month empty"),
        "sex": Look(optional=True, inline=True),
        "nationality": Look(optional=True),
        "officer": OPTIONAL,
        "account": Look(optional=True, hint="They are told to complete it. The force lead is always told"),
        "asked": Look(optional=True, rows=3),
        "advice": Look(optional=True, rows=3, hint="The force reads this"),
    }

    def clean_clock_time(self) -> time | None:
        typed = self.cleaned_data["clock_time"]
        return clean_time(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("clock_date") and cleaned.get("clock_time") is None and "clock_time" in cleaned:
            self.add_error("clock_time", "Enter the time the detention clock started as well")
        if cleaned.get("clock_time") and "clock_date" in cleaned:
            now = timezone.now()
            cleaned["clock"] = clock_start(cleaned["clock_time"], cleaned["clock_date"], now)
            if cleaned["clock"] > now:
                self.add_error("clock_time", "The time the detention clock started must be in the past")
            asked = detention_question(cleaned["clock"], cleaned.get("held_under", ""), now)
            if asked:  # never silently taken: the time is corrected, or what extends it is said
                self.add_error("held_under", asked)
        return cleaned

    def account_named(self) -> User | None:
        """Who signs in with the address, if of the force that calls. A wrong address never holds up a call."""
        officers = User.objects.filter(
            role__in=POLICE_ROLES, force=self.cleaned_data["force"], is_active=True
        )
        return officers.filter(email__iexact=self.cleaned_data["account"]).first()

    def answers(self) -> dict[str, Any]:
        """What the action takes. Who has a custody clock or a suite is in custody now."""
        cleaned = self.cleaned_data
        born, clock = cleaned["date_of_birth"], cleaned.get("clock")
        plain = ("force", "caller", "contact", "why_urgent", "custody_reference", "surname", "forenames")
        rest = ("held_under", "sex", "nationality", "officer", "asked", "advice")
        return {name: cleaned[name] for name in plain + rest} | {
            "idempotency_key": cleaned["key"],
            "account": self.account_named(),
            "in_custody": True if clock or cleaned["custody_reference"] else None,
            "custody_clock_started_at": clock,
            "date_of_birth": born.date if born else None,
            "date_of_birth_precision": born.precision if born else "",
        }


class LiveTimeForm(CallForm):
    """The same of an immigration officer, who has the subject in front of them."""

    asked = None  # type: ignore[assignment]
    advice = None  # type: ignore[assignment]
    caller = TextField(label="Your name", max_length=120)
    contact = TextField(label="The number to call you back", max_length=120)
    force = forms.ModelChoiceField(
        label="Which force is concerned?",
        queryset=Force.objects.filter(engaged=True),
        to_field_name="code",
        empty_label="Choose",
    )
    look: Mapping[str, Look] = {
        **CallForm.look,
        "force": Look(missing="Select the force", hint="It completes the referral, and commits itself"),
        "contact": Look(missing="Enter a telephone number", autocomplete="tel", inputmode="tel"),
    }

    def answers(self) -> dict[str, Any]:
        """What the action takes; nothing was asked or advised."""
        self.cleaned_data |= {"asked": "", "advice": ""}
        return super().answers()


def clock_start(at: time, day: date | None, now: datetime) -> datetime:
    """The moment in London; without a day the last time a clock there showed it.

    An hour that comes twice is the first, so that the clock ends no later.
    """
    if day:
        return london(day, at)
    today = london(local_day(now), at)
    return today if today <= now else london(local_day(now) - timedelta(days=1), at)


class AdviceForm(GovukForm):
    text = TextField(label="What was said?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(hint="The force reads this", missing="Enter what was said", noun="what was said")
    }
