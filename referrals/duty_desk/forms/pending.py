"""What is typed about a pending matter: criminal proceedings, or immigration litigation."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.ui.forms import (
    GovukDateField,
    GovukForm,
    Look,
    ReasonsField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
)
from referrals.duty_desk.forms.enquiries import LONG
from referrals.duty_desk.rules.pending import LITIGATION, Team, endings_of

UNCHECKED_DAYS = (7, 14, 28)  # local: how long ago somebody should have looked, to choose from
KINDS = [(kind.value, kind.label) for kind in LITIGATION]
A_DAY = "For example, 27 11 2026"


class MatterFilter(GovukForm):
    """Bound to the address of the list; a filter that is not understood filters nothing."""

    unchecked = forms.ChoiceField(
        label="Not checked for",
        required=False,
        choices=[("", "Any time"), *((str(days), f"{days} days or more") for days in UNCHECKED_DAYS)],
    )
    over = forms.BooleanField(label="Only those that are over", required=False)
    look: Mapping[str, Look] = {"over": Look(small=True)}


class LitigationFilter(MatterFilter):
    kind = forms.MultipleChoiceField(
        label="Kind", required=False, choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    tasked = forms.ChoiceField(
        label="Tasked to",
        required=False,
        choices=[("", "Anybody or nobody"), ("nobody", "Nobody yet"), *Team.choices],
    )
    effect = forms.ChoiceField(
        label="Effect on removal",
        required=False,
        choices=[
            ("", "Any"),
            ("suspends", "Suspends removal"),
            ("unjudged", "Nobody has said"),
            ("none", "Does not suspend it"),
        ],
    )
    field_order = ("kind", "tasked", "effect", "unchecked", "over")
    look: Mapping[str, Look] = {"kind": Look(small=True), "over": Look(small=True)}


class MatterForm(GovukForm):
    what = TextField(label="What is pending?", multi_line=True, max_length=LONG)
    court = TextField(label="Court", max_length=120, required=False)
    hearing_on = GovukDateField(label="Next hearing", required=False)
    next_on = GovukDateField(label="Day to check", required=False)
    look: Mapping[str, Look] = {
        "what": Look(missing="Enter what is pending", noun="what is pending", rows=3),
        "court": Look(optional=True),
        "hearing_on": Look(hint=f"{A_DAY}. Leave it empty if nobody knows."),
        "next_on": Look(hint="Leave it empty to check on the day of the hearing"),
    }


class LitigationForm(GovukForm):
    kind = forms.ChoiceField(label="What kind?", choices=KINDS, widget=forms.RadioSelect)
    what = TextField(label="What is challenged, and by whom?", multi_line=True, max_length=LONG)
    court = TextField(label="Court or tribunal", max_length=120, required=False)
    their_reference = TextField(label="Their reference", max_length=60, required=False)
    known_since = GovukDateField(label="When was it lodged?", required=False)
    hearing_on = GovukDateField(label="Next hearing", required=False)
    next_on = GovukDateField(label="Day to check", required=False)
    suspends_removal = YesNoNotKnownField(label="Does it suspend removal?")
    suspends_reason = ReasonsField(label="Why?", max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "kind": Look(missing="Select what kind of litigation it is", inline=True),
        "what": Look(missing="Enter what is challenged and by whom", noun="what is challenged", rows=3),
        "court": Look(optional=True),
        "their_reference": Look(optional=True, width=20, autocomplete="off", spellcheck=False),
        "known_since": Look(hint=f"{A_DAY}. The day it became known, if you do not know better."),
        "hearing_on": Look(hint="Leave it empty if none is listed"),
        "next_on": Look(hint="Leave it empty to check on the day of the hearing"),
        "suspends_removal": Look(
            missing="Select yes if it suspends removal, or that it is not known",
            hint="Until somebody has said no, it stands against removal",
        ),
        "suspends_reason": Look(hint="Leave it empty if it is not known", rows=3),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("suspends_removal") in ("yes", "no") and not cleaned.get("suspends_reason"):
            self.add_error("suspends_reason", "Enter why it suspends removal or does not")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        judged = {"yes": True, "no": False}.get(self.cleaned_data["suspends_removal"])
        return {**self.cleaned_data, "suspends_removal": judged}


class CheckForm(GovukForm):
    result = TextField(label="What did you find out?", multi_line=True, max_length=LONG)
    changes = TextField(
        label="What does it change for the referral?", multi_line=True, max_length=LONG, required=False
    )
    hearing_on = GovukDateField(label="Next hearing", required=False)
    next_on = GovukDateField(label="Day to check again", required=False)
    look: Mapping[str, Look] = {
        "result": Look(missing="Enter what you found out", noun="what you found out", rows=4),
        "changes": Look(hint="Leave it empty if it changes nothing", rows=3),
        "hearing_on": Look(hint=A_DAY),
        "next_on": Look(hint="Leave it empty to check on the day of the hearing"),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"next_on", "hearing_on"} <= set(cleaned) and not (cleaned["next_on"] or cleaned["hearing_on"]):
            self.add_error("next_on", "Enter the next hearing or the day to check again")
        return cleaned


class ConcludeForm(GovukForm):
    ending = forms.ChoiceField(label="How did it end?", choices=(), widget=forms.RadioSelect)
    result = TextField(label="What was decided?", multi_line=True, max_length=LONG)
    changes = TextField(
        label="What does it change for the referral?", multi_line=True, max_length=LONG, required=False
    )
    look: Mapping[str, Look] = {
        "ending": Look(missing="Select how it ended"),
        "result": Look(missing="Enter what was decided", noun="what was decided", rows=4),
        "changes": Look(hint="Leave it empty if it changes nothing", rows=3),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ending"].choices = [(each.value, each.label) for each in endings_of(kind)]  # type: ignore[attr-defined]


class JudgeForm(GovukForm):
    suspends = YesNoField(label="Does it suspend removal?")
    reason = ReasonsField(label="Why?", max_length=LONG)
    look: Mapping[str, Look] = {
        "suspends": Look(missing="Select yes if it suspends removal", inline=True),
        "reason": Look(
            hint="What the court or tribunal ordered, or the rule that says so",
            missing="Enter why it suspends removal or does not",
            noun="the reason",
        ),
    }


class TaskForm(GovukForm):
    to = forms.ChoiceField(label="Who deals with it?", choices=Team.choices, widget=forms.RadioSelect)
    reason = ReasonsField(label="Why this team?", max_length=LONG)
    look: Mapping[str, Look] = {
        "to": Look(missing="Select Nexus Casework or Criminal Casework"),
        "reason": Look(missing="Enter why this team deals with it", noun="the reason", rows=4),
    }
