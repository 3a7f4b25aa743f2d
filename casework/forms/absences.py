"""Who is away, and the moving of what cannot wait."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from casework.forms.base import LONG, PersonField
from casework.forms.owners import CaseOwnerField, accredited
from casework.lists import Load, Work
from casework.permissions import LEAVES
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField


class AbsenceForm(GovukForm):
    person = PersonField(label="Who is away?", queryset=User.objects.none())
    first_day = GovukDateField(label="First day away")
    last_day = GovukDateField(label="Last day away")
    look: Mapping[str, Look] = {
        "person": Look(missing="Select who is away"),
        "last_day": Look(hint="Do not enter why they are away"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = User.objects.filter(role__in=LEAVES, is_active=True)
        cast(PersonField, self.fields["person"]).queryset = there.order_by("full_name")


def stand_ins(person: User) -> QuerySet[User]:
    """Who may take over work of this person: accredited case-owners, and for a Senior Caseworker another one."""
    if person.role != Role.SENIOR_CASEWORKER:
        return accredited().exclude(pk=person.pk)
    seniors = User.objects.filter(role=Role.SENIOR_CASEWORKER, is_active=True)
    return (accredited() | seniors).exclude(pk=person.pk).order_by("full_name")


class MoveWorkForm(GovukForm):
    """What of one person's work goes to whom, and why."""

    cases = forms.MultipleChoiceField(
        label="Their cases", required=False, widget=forms.CheckboxSelectMultiple
    )
    next_actions = forms.MultipleChoiceField(
        label="Next actions of theirs on others’ cases", required=False, widget=forms.CheckboxSelectMultiple
    )
    tasks = forms.MultipleChoiceField(
        label="Open tasks of theirs", required=False, widget=forms.CheckboxSelectMultiple
    )
    to = CaseOwnerField(label="Who gets them?")
    reason = ReasonsField(label="Why are they moved?", max_length=LONG)
    look: Mapping[str, Look] = {
        "cases": Look(hint="A case takes its tasks and next action with it", small=True),
        "next_actions": Look(small=True),
        "tasks": Look(small=True),
        "to": Look(missing="Select who gets them"),
        "reason": Look(missing="Enter why the work is moved", noun="the reason", rows=3),
    }

    def __init__(self, *args: Any, work: Work, loads: Iterable[Load] = (), **kwargs: Any) -> None:
        self.work = work
        super().__init__(*args, **kwargs)
        for name, choices in work.choices().items():
            if choices:
                cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
            else:
                del self.fields[name]
        field = cast(CaseOwnerField, self.fields["to"])
        field.loads = {load.person.pk: load for load in loads}
        field.queryset = stand_ins(work.person)

    def look_of(self, name: str) -> Look:
        """Who may stand in, in words."""
        look = super().look_of(name)
        if name != "to":
            return look
        others = ", and for tasks and next actions other Senior Caseworkers"
        senior = others if self.work.person.role == Role.SENIOR_CASEWORKER else ""
        return replace(look, hint=f"Only accredited case-owners are listed{senior}")

    def chosen(self) -> dict[str, list[int]]:
        return {
            name: [int(pk) for pk in self.cleaned_data.get(name, ())]
            for name in ("cases", "next_actions", "tasks")
        }

    def answers(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"], "reason": self.cleaned_data["reason"], **self.chosen()}
