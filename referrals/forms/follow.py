"""What the force says after its referral was sent: the list's filter, an answer, a withdrawal."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukForm, Look, TextField, YesNoField
from nexus.ui.reasons import reason_form
from nexus.ui.wording import CHOOSE_AGAIN
from referrals.models import Question
from referrals.queries import people_to_ask
from referrals.states import State

LONG = 4000  # characters of an answer or a reason


class ListFilter(GovukForm):
    """Bound to the address of the list."""

    state = forms.MultipleChoiceField(
        label="State", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    mine = forms.BooleanField(label="Started by me", required=False)
    telephone = forms.BooleanField(label="Taken by telephone, to complete and send", required=False)
    look: Mapping[str, Look] = {name: Look(small=True) for name in ("state", "mine", "telephone")}


WithdrawForm = reason_form(
    "Why is the referral withdrawn?",
    hint="The Referrals Office reads this",
    missing="Enter why the referral is withdrawn",
)


class ReassignForm(GovukForm):
    """Who of the force's people is to answer a question instead."""

    to = forms.ChoiceField(label="Who should answer it?")
    look: Mapping[str, Look] = {"to": Look(missing="Select who should answer it")}

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [each for each in people_to_ask(question.request.referral) if each.pk != question.owner_id]
        self.people = {str(each.pk): each for each in people}
        to: Any = self.fields["to"]
        to.choices = [("", "Select a person"), *((pk, each.full_name) for pk, each in self.people.items())]

    def answers(self) -> dict[str, Any]:
        """What `actions.reassign_question` takes."""
        return {"to": self.people[self.cleaned_data["to"]]}


class AnswerForm(GovukForm):
    """Text, and a document where there is one."""

    answer = TextField(label="Your answer", max_length=LONG, multi_line=True)
    file = DocumentField(label="Document", required=False)
    description = TextField(label="What is the document?", max_length=200, required=False)
    marking = forms.ChoiceField(
        label="How is the document marked?", choices=Marking.choices, widget=forms.RadioSelect, required=False
    )
    disclosable = YesNoField(label="May the document be disclosed?", required=False)
    # Offered when something is said of a document that did not come: a radio cannot be taken back.
    without = forms.BooleanField(label="There is no document: send my answer without one", required=False)

    look: Mapping[str, Look] = {
        "answer": Look(rows=8, missing="Enter your answer"),
        "file": Look(optional=True),
        "description": Look(optional=True, hint="Only if you add a document"),
        "marking": Look(optional=True, inline=True, hint="Only if you add a document"),
        "disclosable": Look(optional=True, inline=True, hint="Only if you add a document"),
    }
    # What must be said of a document once there is one.
    WITH_A_DOCUMENT = (
        ("description", "Enter what the document is"),
        ("marking", "Select how the document is marked"),
        ("disclosable", "Select yes if the document may be disclosed"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file"):
            for name, sentence in self.WITH_A_DOCUMENT:
                if name in cleaned and cleaned[name] in ("", None):
                    self.add_error(name, sentence)
        elif self.said_of_no_document and not cleaned.get("without"):
            self.add_error("file", CHOOSE_AGAIN.format(noun="document"))
        return cleaned

    @property
    def said_of_no_document(self) -> bool:
        """Whether a document is described and none was sent: a browser drops it when a page comes back."""
        if not self.is_bound or self["file"].data:
            return False
        return any(self[name].data not in ("", None) for name, _ in self.WITH_A_DOCUMENT)

    def answers(self) -> dict[str, Any]:
        """What `actions.answer_information` takes: the answer, and the document where there is one."""
        cleaned, document = self.cleaned_data, None
        if cleaned.get("file"):
            document = {
                "upload": cleaned["file"],
                **{name: cleaned[name] for name, _ in self.WITH_A_DOCUMENT},
            }
        return {"answer": cleaned["answer"], "document": document}


class AddForm(AnswerForm):
    """What the force adds without being asked."""

    answer = TextField(label="What do you want to add?", max_length=LONG, multi_line=True)
    look: Mapping[str, Look] = {
        **AnswerForm.look,
        "answer": Look(rows=8, missing="Enter what you want to add"),
    }
