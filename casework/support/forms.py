"""What is typed about police support. Forms clean, they never save. Field names are the actions' own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from casework.engagement.forms.fields import OperationField
from casework.engagement.models import Engagement
from casework.forms import LONG, not_past
from casework.permissions import WORKS
from casework.support.actions.answer import reasons_not_done_on
from casework.support.models import AUTHORITY_LENGTH, SupportRequest
from casework.support.queries import operations_for
from casework.support.rules import COMMITMENT_OF, DeclineReason, Kind
from casework.support.states import BEFORE_THE_FORCE, State
from nexus.accounts.models import Force, User
from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField
from nexus.ui.wording import CHOOSE_AGAIN

INTELLIGENCE_HINT = "Given in the agreed format, checked, redacted and approved by a Senior Caseworker"
ARREST_HINT = "Support is not an authorisation: a CIO or HMI authorises each operation separately"


class SupportForm(GovukForm):
    """What is asked of the force of a flagged subject, why and by when."""

    kind = forms.ChoiceField(label="What is asked for?", choices=Kind.choices(), widget=forms.RadioSelect)
    asked = TextField(label="What exactly should the force do?", multi_line=True, max_length=LONG)
    why = ReasonsField(label="Why is it needed?", max_length=LONG)
    due_on = GovukDateField(label="By when is it needed?")
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what is asked for"),
        "asked": Look(
            hint="The force reads this. Leave out legal advice, health and other people’s details.",
            missing="Enter what the force should do",
            noun="what is asked",
        ),
        "why": Look(hint="The force reads this too", missing="Enter why it is needed", noun="why", rows=3),
        "due_on": Look(
            hint="Today or later. Availability of resource is a factor: the earlier you ask, the better.",
            noun="the date it is needed by",
        ),
    }

    def look_of(self, name: str) -> Look:
        look = super().look_of(name)
        return replace(look, item_hints={Kind.ARREST: ARREST_HINT}) if name == "kind" else look

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"], "request")


class CommitmentForm(SupportForm):
    """The same, saying of each kind under which commitment it stands."""

    def look_of(self, name: str) -> Look:
        look = super().look_of(name)
        if name != "kind":
            return look
        hints: dict[str, str] = {kind: f"Commitment: {of.label}" for kind, of in COMMITMENT_OF.items()}
        hints[Kind.ARREST] += f". {ARREST_HINT}."
        hints[Kind.INTELLIGENCE] += f". {INTELLIGENCE_HINT}."
        return replace(look, item_hints=hints)


class FlaggedForm(CommitmentForm):
    """By Criminal Casework, for a flagged subject: its own reference beside ours."""

    own_reference = TextField(label="Your reference", max_length=40, required=False)
    look: Mapping[str, Look] = {
        **CommitmentForm.look,
        "own_reference": Look(optional=True, width=20, autocomplete="off", spellcheck=False),
    }
    field_order = ("own_reference",)


class ValueAddedForm(SupportForm):
    """Value added activity: the little that must be said of a subject whom Nexus does not know."""

    force = forms.ModelChoiceField(
        label="Which force is asked?", queryset=Force.objects.none(), to_field_name="code"
    )
    own_reference = TextField(label="Your reference", max_length=40)
    subject_name = TextField(label="Name of the subject", max_length=120)
    subject_born = GovukDateField(label="Date of birth", past=True)
    look: Mapping[str, Look] = {
        **SupportForm.look,
        "kind": Look(
            hint="Disclosable intelligence can be asked for where the subject has a flag. Ring the Duty Desk about one "
            "who has none.",
            missing="Select what is asked for",
        ),
        "force": Look(
            hint="Only forces that take part in value added activity are listed",
            missing="Select which force is asked",
        ),
        "own_reference": Look(missing="Enter your reference", width=20, autocomplete="off", spellcheck=False),
        "subject_name": Look(missing="Enter the name of the subject", autocomplete="off"),
        "subject_born": Look(hint="For example, 27 3 1988"),
    }
    field_order = ("force", "own_reference", "subject_name", "subject_born")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in Kind.choices() if choice[0] != Kind.INTELLIGENCE]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        taking_part = Force.objects.filter(engaged=True, value_added_activity=True)
        self.fields["force"].queryset = taking_part  # type: ignore[attr-defined]


class ReasonForm(GovukForm):
    """A reason that whoever reads the request reads with it."""

    reason = ReasonsField(label="Why?", max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(missing="Enter the reason", noun="the reason", rows=4)}


class SendBackForm(ReasonForm):
    reason = ReasonsField(label="What should be changed or talked about first?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="Whoever asked reads this. The force does not.",
            missing="Enter what should be changed or talked about first",
            noun="the reason",
        )
    }


class CancelForm(ReasonForm):
    reason = ReasonsField(label="Why is it no longer asked for?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="If the force has it, the force reads this",
            missing="Enter why it is no longer asked for",
            noun="the reason",
        )
    }


class AcceptForm(GovukForm):
    answer = TextField(
        label="What will the force do, and who will contact the case-owner?", multi_line=True, max_length=LONG
    )
    look: Mapping[str, Look] = {
        "answer": Look(
            missing="Enter what the force will do, and who will contact the case-owner", noun="the answer"
        )
    }


class DeclineForm(GovukForm):
    decline_reason = forms.ChoiceField(
        label="Why can the force not help?", choices=DeclineReason.choices(), widget=forms.RadioSelect
    )
    answer = TextField(label="What should the case-owner know?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "decline_reason": Look(
            missing="Select why the force cannot help",
            item_hints={DeclineReason.RESOURCE: "Shown as that, and not as a broken commitment"},
        ),
        "answer": Look(
            hint="For example, when to ask again, or who else could help",
            missing="Enter what the case-owner should know",
            noun="what the case-owner should know",
        ),
    }


class FulfilForm(GovukForm):
    done = TextField(label="What was done?", multi_line=True, max_length=LONG)
    done_on = GovukDateField(label="When?", not_future=True)
    operation = OperationField(
        label="In which authorised operation?",
        queryset=Engagement.objects.none(),
        required=False,
        empty_label="None",
    )
    authority = TextField(label="Who authorised it?", max_length=AUTHORITY_LENGTH, required=False)
    look: Mapping[str, Look] = {
        "operation": Look(hint="The police arrest, detain, escort and serve papers in no other way"),
        "authority": Look(
            optional=True,
            hint="Where it was no operation of Nexus High Harm: the name, the rank, the day and the reference of the "
            "Chief Immigration Officer or HM Inspector",
        ),
        "done": Look(hint="The case-owner reads this", missing="Enter what was done", noun="what was done"),
        "done_on": Look(noun="the date it was done", hint="Today or in the past"),
    }

    def __init__(self, *args: Any, asked: SupportRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        cast(forms.ModelChoiceField, self.fields["operation"]).queryset = operations_for(asked)
        if not asked.touches_the_person or asked.is_value_added:
            del self.fields["operation"]
        if not asked.touches_the_person or not asked.from_criminal_casework:
            del self.fields["authority"]

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        for reason in reasons_not_done_on(day, self.asked, timezone.now()):
            raise forms.ValidationError(reason)
        return day


class MessageForm(GovukForm):
    text = TextField(label="Message", multi_line=True, max_length=LONG)
    upload = DocumentField(label="Document", required=False)
    marking = forms.ChoiceField(
        label="Marking of the document",
        choices=[("", "No document"), *Marking.choices],
        required=False,
    )
    look: Mapping[str, Look] = {
        "text": Look(missing="Enter your message", noun="the message"),
        "upload": Look(optional=True),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("upload") and not cleaned.get("marking"):
            self.add_error("marking", "Select the marking of the document")
        if cleaned.get("marking") and not self["upload"].data:
            self.add_error("upload", f"{CHOOSE_AGAIN.format(noun='document')}, or select “No document”")
        return cleaned


class SupportFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label="Asked for", required=False, choices=[("", "Anything"), *Kind.choices()])
    overdue = forms.BooleanField(label="Overdue only", required=False)
    mine = forms.BooleanField(label="My cases only", required=False)
    look: Mapping[str, Look] = {"state": Look(small=True)}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.is_police:  # nothing reaches them earlier
            later = [(state.value, state.label) for state in State if state not in BEFORE_THE_FORCE]
            self.fields["state"].choices = later  # type: ignore[attr-defined]
        if by.role not in WORKS:
            del self.fields["mine"]
