"""A note, and the colleagues named in it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from casework.forms.base import LONG, CaseForm, people
from casework.rules.mentions import Called, called, with_names
from nexus.accounts.models import User
from nexus.ui.forms import Look, TextField
from nexus.ui.text import plain

NOBODY = "nobody"
AS_WRITTEN = "Not a colleague: leave it as it is"


class NoteForm(CaseForm):
    """The note. “@” and part of a name mentions whoever may open the case: where several are meant, or nobody is,
    the form comes back and asks. Cleans to `text` with the full names, and `mentions`."""

    text = TextField(label="Note", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "text": Look(
            hint="Internal: the force never sees notes. To have a colleague told of it, write @ and part of their "
            "name, for example “@okonjo”.",
            missing="Enter the note",
            rows=8,
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues: dict[int, User] = {
            person.pk: person for person in people("view").exclude(pk=self.by.pk)
        }
        self.names = {key: person.full_name for key, person in self.colleagues.items()}
        self.asked: dict[str, Called] = {}
        for call in called(plain(str(self.data.get("text") or "")), self.names):
            if len(call.people) != 1:
                self.asked.setdefault(f"who_{call.key}", call)
        for name, call in self.asked.items():
            self.fields[name] = self.question(call)

    def question(self, call: Called) -> forms.Field:
        """Who is meant, or, where nobody is found, whether it may stay as it is."""
        if not call.people:
            problem = f"“@{call.written}” does not match anybody who can open this case. Correct it, or confirm that "
            return forms.BooleanField(
                label=f"“@{call.written}” is not a colleague: leave it as it is",
                error_messages={"required": problem + "it is not a colleague"},
            )
        some = [(str(key), f"{self.names[key]}, {self.role(key)}") for key in call.people]
        return forms.ChoiceField(
            label=f"Who is “@{call.written}”?",
            choices=[*some, (NOBODY, AS_WRITTEN)],
            widget=forms.RadioSelect,
            error_messages={"required": f"Select who “@{call.written}” is"},
        )

    def role(self, key: int) -> str:
        return self.colleagues[key].get_role_display()

    def clean(self) -> dict[str, Any]:
        """Nothing is mentioned until every name is clear."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        text = cleaned["text"]
        chosen = {call: self.meant(call) for call in called(text, self.names)}
        mentioned = dict.fromkeys(person for person in chosen.values() if person)
        return {
            "text": with_names(text, chosen, self.names),
            "mentions": [self.colleagues[key] for key in mentioned],
        }

    def meant(self, call: Called) -> int | None:
        if len(call.people) == 1:
            return call.people[0]
        answer = self.cleaned_data.get(f"who_{call.key}") or NOBODY
        return int(answer) if call.people and answer != NOBODY else None
