"""What an officer says of a pair."""

from collections.abc import Mapping

from django import forms

from nexus.ui.forms import GovukForm, Look, TextField
from referrals.duplicates.models import Verdict

LONG = 1000


class JudgeForm(GovukForm):
    """The same person or not, and why."""

    verdict = forms.ChoiceField(
        label="Is this the same person?", choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = TextField(label="Why do you say so?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "verdict": Look(missing="Select whether this is the same person"),
        "reason": Look(
            hint="For example, which document was seen. The force does not read it.",
            missing="Enter why you say so",
            rows=3,
        ),
    }


class TakeBackForm(GovukForm):
    reason = TextField(label="Why is it taken back?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(missing="Enter why it is taken back", rows=3)}
