"""A question to the force: asked, taken back, withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms

from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField
from nexus.ui.reasons import reason_form
from referrals.actions.asking import NewQuestion
from referrals.models import Referral
from referrals.queries import people_to_ask

LONG = 4000  # characters of a reason, a balance or a question


class QuestionForm(GovukForm):
    """One question to the force, the day to answer it by, and who there is asked."""

    question = TextField(label="What do you need to know?", multi_line=True, max_length=LONG)
    due_on = GovukDateField(label="Answer by")
    owner = forms.ChoiceField(label="Who is asked?", required=False)
    suggested = ("due_on",)
    look: Mapping[str, Look] = {
        "question": Look(
            hint="The force reads this", missing="Enter what you need to know", noun="the question", rows=4
        ),
        "due_on": Look(noun="the date to answer by", hint="For example, 27 11 2026"),
        "owner": Look(
            hint="Anybody in the force can answer; this person is reminded before the due date",
        ),
    }

    def __init__(self, *args: Any, referral: Referral, usual: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"due_on": usual, "owner": str(referral.raised_by.pk)})
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people_to_ask(referral)}
        cast(forms.ChoiceField, self.fields["owner"]).choices = [
            (
                key,
                f"{person.full_name}, who raised the referral"
                if person.pk == referral.raised_by.pk
                else person.full_name,
            )
            for key, person in self.people.items()
        ]

    def asked(self) -> NewQuestion:
        """What `actions.request_information` takes of it."""
        cleaned = self.cleaned_data
        return NewQuestion(cleaned["question"], cleaned["due_on"], self.people.get(cleaned["owner"]))


class WithdrawQuestionForm(GovukForm):
    reason = ReasonsField(label="Why is an answer no longer needed?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The force reads this",
            missing="Enter why the question is withdrawn",
            noun="the reason",
            rows=4,
        )
    }


TakeBackForm = reason_form(
    "Why are you continuing without the answers?",
    hint="The force reads this",
    missing="Enter why you are continuing without the answers",
    rows=4,
)
