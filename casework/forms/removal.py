"""What comes before a removal."""

from collections.abc import Mapping

from django import forms

from casework.forms.base import LONG
from casework.models import CLARIFIED_BY_A_SENIOR_CASEWORKER, NoticeKind, OpenQuestion
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField, YesNoField

ONLY_A_SENIOR = "Only a Senior Caseworker can record the answer"


class ClarifyForm(GovukForm):
    about = forms.ChoiceField(label="Which question?", choices=OpenQuestion.choices, widget=forms.RadioSelect)
    found = YesNoField(label="What is the answer?")
    words = ReasonsField(label="What was done to find out, and what was found?", max_length=LONG)
    welfare = ReasonsField(
        label="Who looks after the subject, and what is arranged?",
        max_length=LONG,
        required=False,
    )
    look: Mapping[str, Look] = {
        "about": Look(
            missing="Select the question that was answered",
            item_hints=dict.fromkeys(CLARIFIED_BY_A_SENIOR_CASEWORKER, ONLY_A_SENIOR)
            | {OpenQuestion.JUDICIAL_REVIEW.value: f"Of the decision served last. {ONLY_A_SENIOR}"},
        ),
        "found": Look(missing="Select the answer", inline=True),
        "words": Look(
            hint="Whom you asked, which document you saw, and what it says",
            missing="Enter what was done to find out, and what was found",
            noun="what was found",
        ),
        "welfare": Look(
            optional=True, hint="Only for somebody under 18: the local authority, and the plan", rows=3
        ),
    }


class RemovalNoticeForm(GovukForm):
    kind = forms.ChoiceField(
        label="Which notice was given?", choices=NoticeKind.choices, widget=forms.RadioSelect
    )
    given_on = GovukDateField(label="When was it given?", not_future=True)
    how = TextField(label="How was it given, and by whom?", max_length=200)
    departure = TextField(label="Details of the departure", max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select which notice was given"),
        "given_on": Look(noun="the date of the notice", hint="Today or in the past"),
        "how": Look(missing="Enter how it was given, and by whom", noun="how it was given"),
        "departure": Look(
            optional=True, rows=3, hint="Where the notice gave them: to which place, when, and on which route"
        ),
    }
