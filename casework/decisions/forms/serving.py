"""How, when, by whom and on whom a decision was served, and which document."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from casework.decisions.forms.base import ASKED, SHARED_TEXT, DecisionForm, asks, shared_text_field
from casework.decisions.models import Letter, ServedHow
from casework.decisions.queries import right_carried
from casework.decisions.rules.time_limits import PLACES, RIGHTS
from casework.engagement.forms.fields import OperationField
from casework.engagement.models import Engagement
from casework.engagement.queries import accepted_operations
from casework.engagement.rules.powers import SERVED_IN
from nexus.ui import formatting
from nexus.ui.forms import GovukDateField, Look, TextField

PLACE_LOOK = Look(
    missing="Select where the subject is",
    hint="The last day to appeal is worked out from the decision and this",
)
APPEAL_LOOK = Look(
    missing="Select which right of appeal the decision carries",
    hint="This decision was made before it was asked what it does to a claim. Enter what its notice says",
)


class AppealRightForm(DecisionForm):
    """Where the subject is; the right itself only of a decision that does not say what it does to a claim."""

    place = forms.ChoiceField(label="Where is the subject?", choices=PLACES, widget=forms.RadioSelect)
    appeal = forms.ChoiceField(label="Which right of appeal?", choices=RIGHTS, widget=forms.RadioSelect)
    look: Mapping[str, Look] = {"place": PLACE_LOOK, "appeal": APPEAL_LOOK}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if right_carried(self.decision):
            del self.fields["appeal"]


class ServeForm(DecisionForm):
    letters = forms.MultipleChoiceField(
        label="What was served?", widget=forms.CheckboxSelectMultiple, required=False
    )
    document = TextField(label="Which other documents?", max_length=200, required=False)
    document_on = GovukDateField(label="Which date do they bear?", required=False, not_future=True)
    on = GovukDateField(label="When was it served?", not_future=True)
    how = forms.ChoiceField(label="How was it served?", choices=ServedHow.choices, widget=forms.RadioSelect)
    operation = OperationField(
        label="In which authorised operation?",
        queryset=Engagement.objects.none(),
        required=False,
        empty_label="None",
    )
    rule = TextField(label="Which rule allows this way of service?", max_length=200, required=False)
    to = TextField(label="On whom?", max_length=200)
    by_whom = TextField(label="By whom?", max_length=200)
    place = forms.ChoiceField(label="Where is the subject?", choices=PLACES, widget=forms.RadioSelect)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "letters": Look(hint="The notice and the reasons are served together"),
        "document": Look(
            optional=True, hint="Only for documents that were not made here. Name each, with its form"
        ),
        "document_on": Look(
            optional=True, noun="the date of the other documents", hint="Not before the decision"
        ),
        "on": Look(
            noun="the date of service",
            hint="Not before the decision was made. By post: the day it was posted",
        ),
        "how": Look(missing="Select how it was served"),
        "operation": Look(optional=True, hint="Where the police served it in person"),
        "rule": Look(optional=True, hint="For every other way: the regulation or article, with its number"),
        "to": Look(
            hint="The subject, or the representative by name",
            missing="Enter on whom it was served",
            noun="on whom",
        ),
        "by_whom": Look(
            hint="An officer and their force, or yourself", missing="Enter who served it", noun="by whom"
        ),
        "place": PLACE_LOOK,
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters: Iterable[Letter] = self.decision.letters.defer("pdf", "docx")
        self.made_here = {str(letter.pk): letter for letter in letters}
        field = cast(forms.MultipleChoiceField, self.fields["letters"])
        field.choices = [
            (pk, f"{letter}, made {formatting.date_and_time(letter.made_at)}")
            for pk, letter in self.made_here.items()
        ]
        if not self.made_here:
            del self.fields["letters"]
        operations = accepted_operations(self.decision.case, kinds=SERVED_IN)
        cast(forms.ModelChoiceField, self.fields["operation"]).queryset = operations

    def clean_letters(self) -> list[Letter]:
        return [self.made_here[pk] for pk in self.cleaned_data["letters"]]
