"""What a reader writes of a drawn decision."""

from collections.abc import Mapping

from django import forms

from nexus.ui.forms import GovukForm, Look, TextField
from referrals.quality.rules import Answer, Overall, Question, reasons_about


def question_field(question: Question) -> forms.ChoiceField:
    return forms.ChoiceField(label=question.label, choices=Answer.choices(), widget=forms.RadioSelect)


def look_of(question: Question) -> Look:
    return Look(missing=f"Answer: {question.label}", small=True)


class FindingForm(GovukForm):
    """An answer to each question, and the whole."""

    evidence_read = question_field(Question.EVIDENCE_READ)
    scope_confirmed = question_field(Question.SCOPE_CONFIRMED)
    reasons_adequate = question_field(Question.REASONS_ADEQUATE)
    balance_addressed = question_field(Question.BALANCE_ADDRESSED)
    departure_explained = question_field(Question.DEPARTURE_EXPLAINED)
    right_outcome = question_field(Question.RIGHT_OUTCOME)
    overall = forms.ChoiceField(
        label="Your overall finding", choices=Overall.choices(), widget=forms.RadioSelect
    )
    remarks = TextField(label="Remarks", multi_line=True, max_length=4000, required=False)
    to_do = TextField(label="What should be done?", multi_line=True, max_length=4000, required=False)
    look: Mapping[str, Look] = {
        **{question.value: look_of(question) for question in Question},
        "overall": Look(
            missing="Select your overall finding",
            item_hints={
                "sound": "Nothing to add",
                "with_remarks": "The outcome stands; something could be better",
                "unsound": "Say what should be done. The decision itself stays as it is",
            },
        ),
        "remarks": Look(hint="The officer who made the decision reads them", noun="your remarks", rows=4),
        "to_do": Look(
            hint="Needed when the decision is unsound: for example, ask the force whether it wants to discuss it",
            noun="what should be done",
            rows=3,
        ),
    }

    def clean(self) -> None:
        """What does not go together is said at its field."""
        cleaned = self.cleaned_data
        if self.errors:
            return
        answers = {question.value: cleaned[question] for question in Question}
        whole = {name: cleaned[name] for name in ("overall", "remarks", "to_do")}
        at = {"Enter your remarks.": "remarks", "Enter what should be done.": "to_do"}
        for reason in reasons_about(answers, **whole):
            self.add_error(at.get(reason, "overall"), reason.removesuffix("."))
