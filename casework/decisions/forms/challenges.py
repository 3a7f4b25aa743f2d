"""Challenges to a decision: lodged, heard, ended."""

from collections.abc import Mapping

from django import forms

from casework.decisions.forms.base import ASKED, SHARED_TEXT, asks, shared_text_field
from casework.decisions.models import ChallengeKind, HearingResult
from casework.decisions.states import CHALLENGE_STATES, ENDED
from casework.forms import LONG
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField, YesNoNotKnownField
from referrals.duty_desk.forms.rota import ClockField


class LodgeForm(GovukForm):
    kind = forms.ChoiceField(
        label="What was lodged?", choices=ChallengeKind.choices, widget=forms.RadioSelect
    )
    lodged_on = GovukDateField(label="When was it lodged?", not_future=True)
    court = TextField(label="Court or tribunal", max_length=120, required=False)
    court_reference = TextField(label="Its reference", max_length=60, required=False)
    suspends_removal = YesNoNotKnownField(label="Does it suspend removal?")
    suspends_reason = ReasonsField(
        label="Why does it suspend removal, or why not?", max_length=LONG, required=False
    )
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what was lodged"),
        "lodged_on": Look(noun="the date it was lodged"),
        "court": Look(optional=True),
        "court_reference": Look(optional=True, width=20),
        "suspends_removal": Look(
            hint="Not known: it is a barrier to removal until somebody records that it is not",
            missing="Select whether it suspends removal, or that it is not known",
        ),
        "suspends_reason": Look(hint="Unless it is not known", rows=3, noun="why"),
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }

    def clean_suspends_removal(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["suspends_removal"])


class HearingForm(GovukForm):
    on = GovukDateField(label="When is the hearing?")
    at_time = ClockField(label="At what time?", max_length=10, required=False)
    place = TextField(label="Where?", max_length=200)
    witnesses = TextField(
        label="Which officers will the force send as witnesses?",
        multi_line=True,
        max_length=LONG,
        required=False,
    )
    to_bring = TextField(label="What will they bring?", multi_line=True, max_length=LONG, required=False)
    shared_text = shared_text_field()
    look: Mapping[str, Look] = {
        "on": Look(noun="the date of the hearing"),
        "at_time": Look(
            hint="For example, 10am or 14:30. The witnesses read it", optional=True, width=10, noun="the time"
        ),
        "place": Look(missing="Enter the court or tribunal where it is heard", noun="where it is heard"),
        "witnesses": Look(
            hint="The force is asked for them straight away, as support: give names or collar numbers, and what for",
            optional=True,
            rows=3,
            noun="the witnesses",
        ),
        "to_bring": Look(
            hint="Such as pocket notebook, exhibits, body-worn video. The force reads it",
            optional=True,
            rows=3,
            noun="what they bring",
        ),
        "shared_text": SHARED_TEXT,
    }


class ConcludeForm(GovukForm):
    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=[(state.value, state.label) for state in ENDED],
        widget=forms.RadioSelect,
    )
    outcome_on = GovukDateField(label="When?", not_future=True)
    reasons = ReasonsField(label="What was found?", max_length=LONG)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "outcome": Look(
            missing="Select how it ended",
            item_hints={state: str(CHALLENGE_STATES[state].phase.value) for state in ENDED},
        ),
        "outcome_on": Look(noun="the date it ended"),
        "reasons": Look(
            hint="Internal: the force does not see it", missing="Enter what was found", noun="what was found"
        ),
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }


class HearingResultForm(GovukForm):
    result = forms.ChoiceField(
        label="What was the result of the hearing?", choices=HearingResult.choices, widget=forms.RadioSelect
    )
    words = TextField(label="What happened?", multi_line=True, max_length=LONG)
    shared_text = shared_text_field()
    asked_of_force = asks()
    look: Mapping[str, Look] = {
        "result": Look(
            missing="Select the result of the hearing",
            item_hints={
                HearingResult.ADJOURNED: "Its witnesses are no longer needed. Add the new date as a hearing",
                HearingResult.VACATED: "Its witnesses are no longer needed",
            },
        ),
        "words": Look(
            hint="Internal: the force does not see it. Directions, what is reserved, the new day",
            missing="Enter the details of the result",
            noun="what came of it",
        ),
        "shared_text": SHARED_TEXT,
        "asked_of_force": ASKED,
    }
