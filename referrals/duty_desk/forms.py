"""What is typed at the Duty Desk. Forms clean, they never save."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField
from referrals.duty_desk.actions.log import ASKS_AS
from referrals.duty_desk.models import Asker, MatterKind
from referrals.duty_desk.permissions import ASKS
from referrals.duty_desk.rules.rota import HELD_BY, Duty, london, shown_once
from referrals.duty_desk.states import State
from referrals.queue import ME, NOBODY

LONG = 4000  # characters of a question, an answer or a note


def officers(*, besides: int | None = None) -> list[tuple[str, str]]:
    """Who may answer, asked anew for each form."""
    found = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True).exclude(pk=besides or 0)
    return [(str(pk), name) for pk, name in found.values_list("pk", "full_name")]


def owners() -> list[tuple[str, str]]:
    return [("", "Anybody or nobody"), (NOBODY, "Nobody yet"), (ME, "Me"), *officers()]


class EnquiryFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    asker = forms.ChoiceField(label="Who asks", required=False, choices=[("", "Anybody"), *Asker.choices])
    force = forms.ModelChoiceField(
        label="Force",
        required=False,
        queryset=Force.objects.all(),
        to_field_name="code",
        empty_label="Every force",
    )
    owner = forms.ChoiceField(label="Who has it", required=False, choices=owners)
    day = GovukDateField(label="Day", required=False)
    look: Mapping[str, Look] = {
        "state": Look(hint="Open ones and those answered today, unless you choose", small=True),
        "day": Look(hint="Logged or answered on it"),
    }


class LogForm(GovukForm):
    """A question. An officer writes down who calls; everybody else asks for themselves.

    `key` makes a question that is sent twice one enquiry.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    asker = forms.ChoiceField(label="Who asks?", choices=Asker.choices, widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        label="Force",
        queryset=Force.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="No force",
    )
    caller = TextField(label="Name of the caller", max_length=120)
    contact = TextField(label="How to reach them", max_length=120, required=False)
    account = forms.EmailField(label="E-mail address the caller signs in with", required=False)
    question = TextField(label="Question", multi_line=True, max_length=LONG)
    reply = TextField(
        label="Your answer, if you gave it at once", multi_line=True, max_length=LONG, required=False
    )

    look: Mapping[str, Look] = {
        "asker": Look(missing="Select who asks", small=True),
        "force": Look(hint="Who asks, or otherwise the force it is about"),
        "caller": Look(missing="Enter the name of the caller", autocomplete="off"),
        "contact": Look(hint="A telephone number or an e-mail address", optional=True, autocomplete="off"),
        "account": Look(
            hint="They can then read the answer here. A force reads what its own officers ask in any case.",
            optional=True,
            autocomplete="off",
        ),
        "question": Look(
            missing="Enter the question",
            hint="Give the reference of the referral, if there is one",
            rows=6,
        ),
        "reply": Look(hint="Leave empty to answer later", optional=True),
    }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["asker"].choices = [  # type: ignore[attr-defined]
            (asker.value, asker.label) for asker in Asker if asker in ASKS_AS[by.role]
        ]
        for name in self.not_asked():
            del self.fields[name]

    def not_asked(self) -> Iterable[str]:
        """Those who ask for themselves are known, and do not answer."""
        if self.by.role not in ASKS:
            return ()
        known = ["caller", "account", "reply"]
        if len(ASKS_AS[self.by.role]) == 1:
            known.append("asker")
        return [*known, "force"] if self.by.is_police else known

    def clean_account(self) -> User | None:
        email = self.cleaned_data["account"]
        found = User.objects.filter(email__iexact=email, role__in=ASKS, is_active=True).first()
        if email and found is None:
            raise ValidationError("Nobody who may ask the Duty Desk signs in with this address")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("asker") == Asker.FORCE and "force" in cleaned and cleaned["force"] is None:
            self.add_error("force", "Select the force that asks")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned, own = self.cleaned_data, next(iter(ASKS_AS[self.by.role]))
        return {
            "asker": cleaned.get("asker", own),
            "force": self.by.force if self.by.is_police else cleaned["force"],
            "caller": cleaned.get("caller", self.by.full_name),
            "contact": cleaned["contact"],
            "question": cleaned["question"],
            "asked_by": cleaned.get("account"),
            "reply": cleaned.get("reply", ""),
            "idempotency_key": cleaned["key"],
        }


class AnswerForm(GovukForm):
    reply = TextField(label="Answer", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reply": Look(hint="Who asked reads this", missing="Enter the answer", noun="the answer", rows=8)
    }


class ReopenForm(GovukForm):
    reason = TextField(label="What is still open?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="Both the desk and who asked read this",
            missing="Enter what is still open",
            noun="what is still open",
        )
    }


class HandOverForm(GovukForm):
    to = forms.ChoiceField(label="Who takes it?", choices=())
    note = TextField(label="What do they need to know?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "to": Look(missing="Select who takes it"),
        "note": Look(
            hint="Only the desk reads this",
            missing="Enter what the next officer needs to know",
            noun="the note",
        ),
    }

    def __init__(self, *args: Any, owner: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose"), *officers(besides=owner)]  # type: ignore[attr-defined]

    def clean_to(self) -> User:
        return User.objects.get(pk=self.cleaned_data["to"])


class LinkForm(GovukForm):
    reference = TextField(label="Reference of the referral", max_length=20)
    look: Mapping[str, Look] = {
        "reference": Look(
            hint="For example, NHH-2026-000123",
            missing="Enter the reference of the referral",
            noun="the reference",
            width=20,
            autocomplete="off",
            spellcheck=False,
        )
    }


class NoteForm(GovukForm):
    text = TextField(label="Note", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(hint="Only the desk reads this", missing="Enter the note", noun="the note")
    }


# Local: how long ago the desk should have looked, to choose from.
UNCHECKED_DAYS = (7, 14, 28)


class MatterFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    kind = forms.MultipleChoiceField(
        label="Kind", required=False, choices=MatterKind.choices, widget=forms.CheckboxSelectMultiple
    )
    unchecked = forms.ChoiceField(
        label="Not checked for",
        required=False,
        choices=[("", "Any time"), *((str(days), f"{days} days or more") for days in UNCHECKED_DAYS)],
    )
    over = forms.BooleanField(label="Only those that are over", required=False)
    look: Mapping[str, Look] = {"kind": Look(small=True), "over": Look(small=True)}


class MatterForm(GovukForm):
    kind = forms.ChoiceField(label="What kind?", choices=MatterKind.choices, widget=forms.RadioSelect)
    what = TextField(label="What is pending?", multi_line=True, max_length=LONG)
    court = TextField(label="Court or tribunal", max_length=120, required=False)
    next_on = GovukDateField(label="Next hearing, or the day to check", required=False)
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what kind of matter it is", inline=True),
        "what": Look(missing="Enter what is pending", noun="what is pending", rows=3),
        "next_on": Look(hint="For example, 27 11 2026. Leave it empty if nobody knows."),
    }


class CheckForm(GovukForm):
    result = TextField(label="What did you find out?", multi_line=True, max_length=LONG)
    changes = TextField(
        label="What does it change for the referral?", multi_line=True, max_length=LONG, required=False
    )
    next_on = GovukDateField(label="Next hearing, or the day to check again", required=False)
    over = forms.BooleanField(label="The matter is over", required=False)
    look: Mapping[str, Look] = {
        "result": Look(missing="Enter what you found out", noun="what you found out", rows=4),
        "changes": Look(hint="Leave it empty if it changes nothing", rows=3),
        "next_on": Look(hint="For example, 27 11 2026"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "next_on" in cleaned and not (cleaned["next_on"] or cleaned["over"]):
            self.add_error("next_on", "Enter the next hearing or the day to check, or say the matter is over")
        return cleaned


class ClockField(TextField):
    """A time of day in London: 9am, 5:30pm, 17:30, midday or midnight. Cleans to a `datetime.time`."""

    WORDS: Mapping[str, time] = {"midday": time(12), "noon": time(12), "midnight": time(0)}

    def prepare_value(self, value: Any) -> Any:
        return formatting.time(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).lower().replace(" ", "").replace(".", ":")
        if typed in self.WORDS:
            return self.WORDS[typed]
        try:
            return read_time(typed)
        except ValueError:
            raise self.problem("must be a time, like 9am, 5:30pm or 17:30", "invalid") from None


def read_time(typed: str) -> time:
    """9am, 5:30pm, 17:30. Raises ValueError."""
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", typed)
    if not found or not (found[2] or found[3]):
        raise ValueError(typed)
    hour, minute = int(found[1]), int(found[2] or 0)
    if not found[3]:
        return time(hour, minute)
    if not 1 <= hour <= 12:
        raise ValueError(typed)
    return time(hour % 12 + (12 if found[3] == "pm" else 0), minute)


def holders() -> list[tuple[str, str]]:
    """Who may be on the rota, with their role, asked anew for each form."""
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
        "end": Look(hint="Midnight is the beginning of a day", width=10, noun="the end of the shift"),
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
    reason = TextField(label="Why does it change hands?", multi_line=True, max_length=500)
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
    reason = TextField(label="Why is the shift taken off the rota?", multi_line=True, max_length=500)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the shift is taken off", noun="the reason", rows=3)
    }


class HandoverForm(GovukForm):
    text = TextField(label="Handover note for today", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(
            hint="What the next person on duty must know. Use references, not names.",
            missing="Enter the handover note",
            noun="the handover note",
        )
    }
