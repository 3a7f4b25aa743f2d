"""One proof of the second factor, whatever it was given with, and the form that asks for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from nexus.accounts.models import User
from nexus.accounts.second_factor.codes import accept_code
from nexus.accounts.second_factor.keys import accept_key, asked_to_prove
from nexus.ui.forms import GovukForm, Look

# "password" in their names: nothing carries, keeps or shows again what has that in its name.
CODE, KEY = "one_time_password", "one_time_password_key"
MISSING = "Enter the code from your app, or one of your recovery codes"
NOT_RIGHT = "The code is not right, or was used before. Enter the code your app shows now"
LOOK: Mapping[str, Look] = {
    CODE: Look(
        hint="6 digits from your authenticator app, or one of your 8-digit recovery codes",
        missing=MISSING,
        noun="the code",
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
        spellcheck=False,
    )
}


def accept(person: User, *, code: str, key: str, now: datetime) -> str:
    """What it was given with, "app", "paper" or "key"; "" when it is no proof. What was given is used up."""
    return accept_key(person, key, now) if key else accept_code(person, code, now)


def proof_fields() -> dict[str, forms.Field]:
    """The code, and what the script fills in when a key has answered instead."""
    return {
        CODE: forms.CharField(label="Code", max_length=20, required=False),
        KEY: forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput),
    }


class ProofForm(GovukForm):
    """Asks for the second factor of `person`. Whether it is right is the view's question."""

    def __init__(self, *args: Any, person: User, asks: bool = True, **kwargs: Any) -> None:
        self.person, self.asks = person, asks
        added = proof_fields() if asks else {}
        self.base_fields = {**self.base_fields, **added}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        return LOOK.get(name) or super().look_of(name)

    def asked_of_key(self) -> str:
        """For the page: what the browser asks one of their keys; "" where they have none, or nothing is asked."""
        return asked_to_prove(self.person) if self.asks else ""

    def clean_one_time_password_key(self) -> str:
        """Comes last, so that it sees both. One of them is needed."""
        key: str = self.cleaned_data[KEY]
        if not key and self.cleaned_data.get(CODE) == "":  # not there at all where it is wrong by itself
            self.add_error(CODE, MISSING)
        return key

    def stop_asking(self) -> None:
        """The page that comes back has the question no more."""
        self.asks = False
        for name in (CODE, KEY):
            self.fields.pop(name, None)
