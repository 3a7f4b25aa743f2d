"""What the force writes, uploads and attaches."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from casework.material.actions.supplying import open_ask
from casework.material.models import Material
from nexus.documents.fields import DocumentField, TextFileField
from nexus.documents.models import Marking
from nexus.ui.forms import GovukForm, Look, TextField

LONGEST_TEXT = 200_000  # characters of a whole statement


class DraftForm(GovukForm):
    """The force's text, saved as far as it is written."""

    author = TextField(label="Whose statement or summary is it?", max_length=120, required=False)
    text = TextField(label="Text", multi_line=True, max_length=LONGEST_TEXT, required=False)
    look: Mapping[str, Look] = {
        "author": Look(
            hint="Rank, name and number of the officer who can give evidence on it", noun="the name"
        ),
        "text": Look(
            hint="Type or paste it. A blank line begins a new paragraph; Nexus numbers them. "
            "Do not name victims or witnesses unless necessary, and leave out anybody’s health.",
            rows=20,
        ),
    }


class UploadForm(GovukForm):
    """The summary or statement as a file. Field names are the action's own."""

    upload = TextFileField(label="File")
    marking = forms.ChoiceField(label="Marking", choices=Marking.choices, widget=forms.RadioSelect)
    take_text = forms.TypedChoiceField(
        label="What do you want to do with it?",
        choices=[
            ("yes", "Copy its text, which I then check and correct"),
            ("no", "Attach it only: I will type or paste the text"),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = open_ask(material)
        if request and request.draft_text:
            keep = ("no", "Attach it only, and keep the current text")
            cast(forms.ChoiceField, self.fields["take_text"]).choices = [
                ("yes", "Copy its text, replacing the current text"),
                keep,
            ]

    look: Mapping[str, Look] = {
        "upload": Look(missing="Select the file"),
        "marking": Look(missing="Select the marking of the file"),
        "take_text": Look(missing="Select what to do with the file"),
    }


class RecordForm(GovukForm):
    description = TextField(label="What is it?", max_length=200)
    upload = DocumentField(label="File")
    look: Mapping[str, Look] = {
        "description": Look(
            hint="For example, “Crime report of 4 March 2026”", missing="Enter what the record is"
        ),
        "upload": Look(missing="Select the file"),
    }


class SendForm(GovukForm):
    """A button, and the digest of what the sender has read."""

    as_shown = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        help_text="The digest of what was read; where it is left out, what stands there now is sent",
    )
