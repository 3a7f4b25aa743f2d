"""What comes next, what happened, and how it ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms

from casework.actions.outcome import READINESS
from casework.actions.record_progress import reasons_not_this_kind
from casework.forms.base import FORCE_READS, LONG, CaseForm, PersonField, not_past, people
from casework.models import MOVED_BY, WRITTEN, Case, CaseOutcome
from casework.parts import unfinished
from casework.queries import asked_of_force
from casework.states import MOVES, State
from nexus.ui.forms import GovukDateField, Look, ReasonsField, TextField, YesNoField
from referrals.rules.terms import Route


class PlanForm(CaseForm):
    next_action = TextField(label="Next action", max_length=200)
    next_action_by = PersonField(
        label="Whose is it?", queryset=people("view"), required=False, empty_label="The manager"
    )
    next_action_on = GovukDateField(label="By when")
    look: Mapping[str, Look] = {
        "next_action": Look(hint="What moves the case on, for example “Commission the police statement”"),
        "next_action_on": Look(noun="the date of the next action", hint="Today or later"),
    }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "next_action": case.next_action,
                "next_action_by": case.next_action_by_id,
                "next_action_on": case.next_action_on,
            },
        )
        super().__init__(*args, case=case, **kwargs)

    def clean_next_action_on(self) -> date:
        return not_past(self.cleaned_data["next_action_on"], "next action")


class ProgressForm(CaseForm):
    kind = forms.ChoiceField(
        label="What kind of progress is it?",
        choices=[(kind.value, kind.label) for kind in WRITTEN],
        widget=forms.RadioSelect,
    )
    happened_on = GovukDateField(label="When did it happen?", not_future=True)
    text = TextField(label="What happened?", multi_line=True, max_length=LONG)
    shared_with_force = YesNoField(label="May the force see this?")
    asked_of_force = TextField(
        label="What is asked of the force?", multi_line=True, max_length=LONG, required=False
    )
    look: Mapping[str, Look] = {
        "kind": Look(
            missing="Select what kind of progress it is",
            hint="What is done to a decision is recorded on the Decision page",
        ),
        "happened_on": Look(noun="the date it happened", hint="Not in the future, nor before the referral"),
        "text": Look(missing="Enter what happened", noun="what happened"),
        "shared_with_force": Look(
            hint="If yes, the force reads it on its referral and in its progress report. Leave out legal "
            "advice, health and other people’s details.",
            missing="Select whether the force may see this",
            inline=True,
        ),
        "asked_of_force": Look(optional=True, rows=3, noun="what is asked of the force"),
    }

    def look_of(self, name: str) -> Look:
        """The kinds say which of them move the case, and which cannot come yet."""
        look = super().look_of(name)
        if name == "kind":
            return replace(look, item_hints={kind: self.hint(kind) for kind in WRITTEN if kind in MOVED_BY})
        if name == "asked_of_force":
            asked = asked_of_force(self.case)
            now = f"Current request: “{asked.asked_of_force}”. " if asked else ""
            return replace(look, hint=now + ASKED_HINT.format(force=self.case.referral.force.name))
        return look

    def hint(self, kind: str) -> str:
        refusals = reasons_not_this_kind(self.case, kind)
        if refusals:
            return f"Not now: only while the case is {self.possible_in(kind)}"
        return f"Moves the case to “{State(MOVES[MOVED_BY[kind]].target).label}”"

    @staticmethod
    def possible_in(kind: str) -> str:
        return " or ".join(f"“{State(source).label}”" for source in MOVES[MOVED_BY[kind]].source)


ASKED_HINT = (
    "Only where {force} may see this. It replaces the earlier request; "
    "leave it empty when nothing is asked any more."
)


class RouteForm(CaseForm):
    route = forms.ChoiceField(label="New route", widget=forms.RadioSelect)
    reason = ReasonsField(label="Why does the route change?", max_length=LONG)
    look: Mapping[str, Look] = {
        "route": Look(missing="Select the new route"),
        "reason": Look(missing="Enter why the route changes", noun="the reason"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["route"])
        field.choices = [(value, label) for value, label in Route.choices() if value != self.case.route]


CARRIED = "carry_"


class OutcomeForm(CaseForm):
    """How the case ended, and of each thing that still goes on why it does: a field of its own, named after its key."""

    outcome = forms.ChoiceField(
        label="What is the outcome?", choices=CaseOutcome.choices, widget=forms.RadioSelect
    )
    outcome_on = GovukDateField(label="When?", not_future=True)
    reasons = ReasonsField(label="Reasons", max_length=LONG)
    look: Mapping[str, Look] = {
        "outcome": Look(missing="Select the outcome"),
        "outcome_on": Look(noun="the date of the outcome", hint="Today or in the past"),
        "reasons": Look(hint=FORCE_READS, missing="Enter the reasons. The force will read them.", rows=8),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.going_on = {each.key: each.words for each in unfinished(self.case)}
        for key in [*self.going_on, READINESS]:
            label = "Why does it go on after the outcome?" if key in self.going_on else WAS_READY
            self.fields[CARRIED + key] = ReasonsField(label=label, max_length=LONG, required=False)

    def look_of(self, name: str) -> Look:
        """What goes on stands above the reason why it does."""
        if not name.startswith(CARRIED):
            return super().look_of(name)
        hint = self.going_on.get(name.removeprefix(CARRIED), FOR_A_REMOVAL)
        return Look(optional=True, rows=3, hint=hint, noun="why")

    def answers(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        carried = {key: given.pop(CARRIED + key, "") for key in [*self.going_on, READINESS]}
        return {**given, "carried_over": {key: words for key, words in carried.items() if words}}


WAS_READY = "How was the removal lawful?"
FOR_A_REMOVAL = (
    "Only for “Removed” and “Deported”, where the record does not show that the subject was ready for removal"
)
