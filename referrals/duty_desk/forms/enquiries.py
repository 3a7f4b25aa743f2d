"""What is typed about an enquiry."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nexus.accounts.fields import ForceField
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField
from referrals.duty_desk.actions.log import ASKS_AS
from referrals.duty_desk.models import Asker
from referrals.duty_desk.permissions import ASKS
from referrals.duty_desk.states import State
from referrals.queue import ME, NOBODY

LONG = 4000  # characters of a question, an answer or a note


def officers(*, besides: int | None = None) -> list[tuple[str, str]]:
    """Who may answer, read again for each form."""
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
    force = ForceField(label="Force", required=False, empty_label="Every force")
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
    # Needed of whoever writes down what another asks.
    asker = forms.ChoiceField(
        label="Who asks?", choices=Asker.choices, widget=forms.RadioSelect, required=False
    )
    force = forms.ModelChoiceField(
        label="Force",
        queryset=Force.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="No force",
    )
    caller = TextField(label="Name of the caller", max_length=120, required=False)
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
        self.fields["asker"].required = self.fields["caller"].required = True
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
            raise ValidationError("No user who can ask the Duty Desk has this e-mail address")
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
        "reply": Look(
            hint="The person who asked reads this", missing="Enter the answer", noun="the answer", rows=8
        )
    }


class ReopenForm(GovukForm):
    reason = ReasonsField(label="What is still open?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="Both the desk and the person who asked read this",
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
