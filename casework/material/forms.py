"""What people type about Nexus material. Forms clean, actions decide; field names are the actions' own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from casework.forms import FORCE_READS, LONG
from casework.material.actions.asking import summary_supports
from casework.material.actions.checking import Judgement
from casework.material.actions.supplying import open_ask
from casework.material.models import Material, Record, Version
from casework.material.rules import CHECKLIST, Disclosable
from casework.material.states import State
from nexus.accounts.models import User
from nexus.documents.fields import DocumentField, TextFileField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField

FIT = "It holds no legal advice, nothing about health and nothing about other people"
FIT_MISSING = "Confirm that what the force reads holds no legal advice, health or other people’s details"
INSIDE = "The force does not read this."
LONGEST_TEXT = 200_000  # characters of a whole statement


def fit_field() -> forms.BooleanField:
    return forms.BooleanField(label=FIT)


class MaterialForm(GovukForm):
    """A form about one piece of material, filled in by one person."""

    def __init__(self, *args: Any, material: Material | None = None, by: User, **kwargs: Any) -> None:
        self.material, self.by = material, by
        super().__init__(*args, **kwargs)


class RequestForm(MaterialForm):
    title = TextField(label="What is the material about?", max_length=120)
    what = TextField(label="What is the summary to say?", multi_line=True, max_length=LONG)
    why = TextField(label="Why is it asked for?", multi_line=True, max_length=LONG)
    due_on = GovukDateField(label="By when?")
    fit_for_force = fit_field()
    look: Mapping[str, Look] = {
        "title": Look(hint="A few words, for example “Assaults in the town centre, 2026”", noun="the title"),
        "what": Look(hint=FORCE_READS, missing="Enter what the summary is to say", noun="what is asked"),
        "why": Look(missing="Enter why the summary is asked for", noun="the reason", rows=3),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
    }


class ReviewForm(MaterialForm):
    relevant = YesNoField(label="Is the material relevant to the case?")
    applicable = YesNoField(label="Is it applicable: can this case use it?")
    reasons = TextField(label="Reasons", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "relevant": Look(missing="Select whether the material is relevant to the case", inline=True),
        "applicable": Look(missing="Select whether the material is applicable to the case", inline=True),
        "reasons": Look(hint=INSIDE, missing="Enter the reasons of the review"),
    }


class AgainForm(MaterialForm):
    """Back to the force: what is wrong, and by when a new version is needed."""

    what = TextField(
        label="What is wrong, and what is the force to change?", multi_line=True, max_length=LONG
    )
    due_on = GovukDateField(label="By when is the new version needed?")
    fit_for_force = fit_field()
    look: Mapping[str, Look] = {
        "what": Look(
            hint=FORCE_READS, missing="Enter what is wrong, and what the force is to change", noun="it"
        ),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
    }


class CommissionForm(MaterialForm):
    what = TextField(label="What is the statement to cover?", multi_line=True, max_length=LONG)
    why = TextField(label="Why is it asked for?", multi_line=True, max_length=LONG)
    due_on = GovukDateField(label="By when?")
    fit_for_force = fit_field()
    override_reason = TextField(
        label="Why does the statement come without a reviewed summary?",
        multi_line=True,
        max_length=LONG,
    )
    look: Mapping[str, Look] = {
        "what": Look(hint=FORCE_READS, missing="Enter what the statement is to cover", noun="what is asked"),
        "why": Look(missing="Enter why the statement is asked for", noun="the reason", rows=3),
        "due_on": Look(hint="Today or later", noun="the date"),
        "fit_for_force": Look(missing=FIT_MISSING),
        "override_reason": Look(
            hint="Normally a summary is reviewed first. The force does not read this.",
            missing="Enter why the statement comes without a reviewed summary",
            noun="the reason",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.material and summary_supports(self.material):
            del self.fields["override_reason"]


class BecauseForm(MaterialForm):
    because = TextField(label="Why is no statement needed?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "because": Look(hint=INSIDE, missing="Enter why no statement is needed", noun="the reason")
    }


class WithdrawForm(MaterialForm):
    reason = TextField(label="Why may a statement be needed after all?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(hint=INSIDE, missing="Enter why a statement may be needed", noun="the reason")
    }


class ApproveForm(MaterialForm):
    reasons = TextField(label="Why do you approve it?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(hint=INSIDE, missing="Enter why you approve it", noun="the reasons")
    }


class AppealsForm(MaterialForm):
    question = TextField(label="What are Specialist Appeals to look at?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "question": Look(
            hint=INSIDE, missing="Enter what Specialist Appeals are to look at", noun="the question"
        )
    }


class AdviseForm(MaterialForm):
    issues = TextField(label="Potential issues of challenge or scrutiny", multi_line=True, max_length=LONG)
    advice = TextField(label="Advice", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "issues": Look(
            hint="Or that there are none. " + INSIDE,
            missing="Enter the potential issues of challenge or scrutiny, or that there are none",
        ),
        "advice": Look(hint=INSIDE, missing="Enter your advice"),
    }


class ServeForm(MaterialForm):
    how = TextField(label="How, and on whom, was it served?", max_length=200)
    served_on = GovukDateField(label="Date of service", past=True)
    look: Mapping[str, Look] = {
        "how": Look(
            hint="For example, “With the bundle, on the tribunal and the representative”",
            missing="Enter how and on whom it was served",
            noun="this",
        )
    }


class SupersedeForm(MaterialForm):
    reason = TextField(label="Why is it set aside?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(hint=INSIDE, missing="Enter why the material is set aside", noun="the reason")
    }


class MessageForm(MaterialForm):
    text = TextField(label="Your message", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(
            hint="The other side reads it. Leave out legal advice, health and other people’s details.",
            missing="Enter your message",
            rows=4,
        )
    }


class DraftForm(MaterialForm):
    """The force's text, saved as far as it is written."""

    author = TextField(label="Whose statement or summary is it?", max_length=120, required=False)
    text = TextField(label="Text", multi_line=True, max_length=LONGEST_TEXT, required=False)
    look: Mapping[str, Look] = {
        "author": Look(hint="Rank, name and number of the officer who can speak to it", noun="the name"),
        "text": Look(
            hint="Type or paste it. A blank line begins a new paragraph; Nexus numbers them. "
            "Name no victim or witness who need not be named, and nothing about anybody’s health.",
            rows=20,
        ),
    }


class UploadForm(MaterialForm):
    """The summary or statement as a file. Field names are the action's own."""

    upload = TextFileField(label="File")
    marking = forms.ChoiceField(label="Marking", choices=Marking.choices, widget=forms.RadioSelect)
    take_text = forms.TypedChoiceField(
        label="What is to be done with it?",
        choices=[
            ("yes", "Take its text, which I then check and correct"),
            ("no", "Attach it only: I type or paste the text"),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = open_ask(self.material) if self.material else None
        if asked and asked.draft_text:
            keep = ("no", "Attach it only, and keep the text that is written now")
            self.fields["take_text"].choices = [
                ("yes", "Take its text, in place of what is written now"),
                keep,
            ]

    look: Mapping[str, Look] = {
        "upload": Look(missing="Select the file"),
        "marking": Look(missing="Select the marking of the file"),
        "take_text": Look(missing="Select what is to be done with the file"),
    }


class RecordForm(MaterialForm):
    description = TextField(label="What is it?", max_length=200)
    upload = DocumentField(label="File")
    look: Mapping[str, Look] = {
        "description": Look(
            hint="For example, “Crime report of 4 March 2026”", missing="Enter what the record is"
        ),
        "upload": Look(missing="Select the file"),
    }


class MaterialFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    state = forms.ChoiceField(
        label="Where it stands", required=False, choices=[("", "Anywhere"), *State.choices]
    )
    mine = forms.BooleanField(label="My cases only", required=False)
    for_appeals = forms.BooleanField(label="For Specialist Appeals to review", required=False)


def check_form_of(version: Version, attached: Sequence[Record]) -> type[MaterialForm]:
    """The form of one check: the format point by point, the text paragraph by paragraph, each record."""
    fields: dict[str, forms.Field] = {}
    looks: dict[str, Look] = {}
    for code, point in CHECKLIST.items():
        name = f"point_{code}"
        fields[name] = YesNoField(label=point.question)
        looks[name] = Look(missing=f"Answer: {point.question}", inline=True, small=True)
    for number in range(1, len(version.paragraphs) + 1):
        fields |= paragraph_fields(number)
        looks |= paragraph_looks(number)
    for record in attached:
        name, which = f"record_{record.pk}", f"the record “{record.description}”"
        fields[name] = YesNoField(label=f"May {which} be disclosed?")
        looks[name] = Look(missing=f"Select whether {which} may be disclosed", inline=True, small=True)
    fields["remarks"] = TextField(
        label="Remarks on the whole", multi_line=True, max_length=LONG, required=False
    )
    looks["remarks"] = Look(hint=INSIDE, optional=True, rows=3)
    return type("CheckForm", (MaterialForm,), {**fields, "look": looks})


def paragraph_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"disclosable_{number}": forms.ChoiceField(
            label=f"May paragraph {number} be disclosed?",
            choices=[(each.value, each.label) for each in Disclosable],
            widget=forms.RadioSelect,
        ),
        f"to_redact_{number}": TextField(
            label=f"Words to redact in paragraph {number}", multi_line=True, max_length=LONG, required=False
        ),
        f"remark_{number}": TextField(label=f"Remark on paragraph {number}", max_length=500, required=False),
    }


def paragraph_looks(number: int) -> dict[str, Look]:
    return {
        f"disclosable_{number}": Look(
            missing=f"Select whether paragraph {number} may be disclosed", inline=True, small=True
        ),
        f"to_redact_{number}": Look(
            hint="Copied exactly, one passage a line. Only “With redaction” needs them.",
            optional=True,
            rows=2,
        ),
        f"remark_{number}": Look(optional=True),
    }


def check_answers(form: MaterialForm, version: Version, attached: Sequence[Record]) -> dict[str, Any]:
    """What the action `check_statement` takes, from a form that is valid."""
    given = form.cleaned_data
    return {
        "points": {code: given[f"point_{code}"] for code in CHECKLIST},
        "paragraphs": {
            number: Judgement(
                given[f"disclosable_{number}"], given[f"to_redact_{number}"], given[f"remark_{number}"]
            )
            for number in range(1, len(version.paragraphs) + 1)
        },
        "records": {record.pk: given[f"record_{record.pk}"] for record in attached},
        "remarks": given["remarks"],
    }
