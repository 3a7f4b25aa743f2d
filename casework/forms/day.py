"""The day's work: notes, tasks, documents, absences."""

from collections.abc import Mapping
from datetime import date

from django import forms

from casework.forms.base import PersonField, not_past, people
from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField


class TaskForm(GovukForm):
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


class DocumentForm(GovukForm):
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
