"""What is typed at the desk."""

from collections.abc import Mapping

from django import forms

from nexus.ui.forms import GovukForm, Look, TextField


class ViewForm(GovukForm):
    """A saved view's name, and who sees it."""

    name = TextField(label="Name of the view", max_length=60)
    shared = forms.BooleanField(label="Share it with everybody at the desk", required=False)
    look: Mapping[str, Look] = {
        "name": Look(
            hint="For example, My forces this week. Not a person’s name.", missing="Enter a name for the view"
        ),
    }


class NewViewForm(ViewForm):
    default = forms.BooleanField(label="Open the queue with this view", required=False)
