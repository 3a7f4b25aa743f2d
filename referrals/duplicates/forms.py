"""What an officer says of a pair, and of a merge."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from nexus.ui.forms import GovukForm, Look, ReasonsField
from referrals.duplicates.models import Verdict
from referrals.models import Referral
from referrals.states import UNDECIDED

LONG = 1000


class JudgeForm(GovukForm):
    """The same person or not, and why."""

    verdict = forms.ChoiceField(
        label="Is this the same person?", choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = ReasonsField(label="Reasons for your answer", max_length=LONG)
    look: Mapping[str, Look] = {
        "verdict": Look(missing="Select whether this is the same person"),
        "reason": Look(
            hint="For example, which document was seen. The force does not read it.",
            missing="Enter the reasons for your answer",
            rows=3,
        ),
    }


class TakeBackForm(GovukForm):
    reason = ReasonsField(label="Why is it taken back?", max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(missing="Enter why it is taken back", rows=3)}


class MergeForm(GovukForm):
    """Which of two referrals leads, and why."""

    leading = forms.ChoiceField(label="Which referral leads?", widget=forms.RadioSelect)
    reason = ReasonsField(label="Why do you merge them?", max_length=LONG)
    look: Mapping[str, Look] = {
        "leading": Look(missing="Select which referral leads"),
        "reason": Look(
            hint="For example, that both are about the same conduct. The forces do not read it.",
            missing="Enter why you merge them",
            rows=3,
        ),
    }

    def __init__(self, *args: Any, referrals: Sequence[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leading: Any = self.fields["leading"]
        leading.choices = [(str(each), f"{each}, {each.force}: {in_words(each)}") for each in referrals]


def in_words(referral: Referral) -> str:
    """in triage, held by Ottoline Brandt"""
    held = f", held by {referral.claimed_by}" if referral.claimed_by and referral.state in UNDECIDED else ""
    return f"{referral.get_state_display().lower()}{held}"


class UndoMergeForm(GovukForm):
    reason = ReasonsField(label="Why do you undo the merge?", max_length=LONG)
    look: Mapping[str, Look] = {"reason": Look(missing="Enter why you undo the merge", rows=3)}
