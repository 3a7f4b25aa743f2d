"""A note about a referral, or a dissent."""

from django import forms

from nexus.ui.forms import GovukForm, TextField
from referrals.models import NoteKind


class NoteForm(GovukForm):
    kind = forms.ChoiceField(
        label="What it is", choices=NoteKind.choices, initial=NoteKind.NOTE, widget=forms.HiddenInput
    )
    text = TextField(label="Note", multi_line=True, max_length=12_000)
    about = forms.CharField(required=False, widget=forms.HiddenInput)
