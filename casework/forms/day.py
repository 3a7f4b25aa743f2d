"""The day's work: notes, tasks, documents, absences."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms

from casework.forms.base import LONG, CaseForm, PersonField, not_past, people
from casework.lists import Work
from nexus.accounts.models import User
from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField


class TaskForm(CaseForm):
    title = TextField(label="Task", max_length=200)
    owner = PersonField(label="Whose task is it?", queryset=people("complete_task"))
    due_on = GovukDateField(label="Due date")
    remind_on = GovukDateField(label="Reminder", required=False)
    look: Mapping[str, Look] = {
        "title": Look(missing="Enter the task"),
        "owner": Look(missing="Select whose task it is", noun="the owner of the task"),
        "due_on": Look(hint="Today or later"),
        "remind_on": Look(
            optional=True,
            noun="the reminder",
            hint="The owner is reminded on this day, and told once when the due date has passed",
        ),
    }

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"], "task")


class DocumentForm(CaseForm):
    upload = DocumentField(label="Document")
    description = TextField(label="What is it?", max_length=200)
    marking = forms.ChoiceField(label="Marking", choices=Marking.choices, widget=forms.RadioSelect)
    disclosable = YesNoField(label="May it be disclosed?")
    look: Mapping[str, Look] = {
        "description": Look(missing="Enter what the document is", noun="the description"),
        "marking": Look(missing="Select the marking of the document"),
        "disclosable": Look(
            hint="Whether it is written so that it can be used in a public appeal",
            missing="Select whether the document may be disclosed",
            inline=True,
        ),
    }


class AbsenceForm(GovukForm):
    person = PersonField(label="Who is away?", queryset=User.objects.none())
    first_day = GovukDateField(label="First day away")
    last_day = GovukDateField(label="Last day away")
    look: Mapping[str, Look] = {
        "person": Look(missing="Select who is away"),
        "last_day": Look(hint="Why somebody is away is not asked and not kept here"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["person"]).queryset = people("view_mine")


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
    to = PersonField(label="Who gets them?", queryset=User.objects.none())
    reason = TextField(label="Why are they moved?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "cases": Look(hint="A case takes its tasks and next action with it", small=True),
        "next_actions": Look(small=True),
        "tasks": Look(small=True),
        "to": Look(missing="Select who gets them", hint="A case can only go to an accredited case-owner"),
        "reason": Look(missing="Enter why the work is moved", noun="the reason", rows=3),
    }

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        for name, choices in work.choices().items():
            if choices:
                cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
            else:
                del self.fields[name]
        others = people("complete_task").exclude(pk=work.person.pk)
        cast(PersonField, self.fields["to"]).queryset = others

    def chosen(self) -> dict[str, list[int]]:
        return {
            name: [int(pk) for pk in self.cleaned_data.get(name, ())]
            for name in ("cases", "next_actions", "tasks")
        }
