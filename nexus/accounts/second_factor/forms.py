"""The forms of an app and a key that are being set up, and of a reset."""

from typing import Any

from cryptography.fernet import InvalidToken
from django import forms

from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.second_factor import codes
from nexus.accounts.second_factor.keys import NAME_LENGTH
from nexus.ui.forms import GovukForm, Look, ReasonsField, TextField

NEW_APP, NEW_KEY = "new_app_password", "new_key_password"  # kept, carried and shown again nowhere


class SetUpAppForm(GovukForm):
    """The first code of an app. Its secret travels in the page, sealed."""

    sealed_password = forms.CharField(max_length=400, widget=forms.HiddenInput)
    new_app_password = forms.CharField(label="Code from your app", max_length=20)

    look = {
        NEW_APP: Look(
            hint="6 digits, which change every half a minute",
            missing="Enter the code your app shows",
            noun="the code",
            autocomplete="one-time-code",
            inputmode="numeric",
            width=10,
            spellcheck=False,
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        begins = {"sealed_password": codes.new_secret(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=begins, **kwargs)

    @property
    def secret(self) -> str:
        """The secret the page shows; another one, which the page cannot use, where what came back is not ours."""
        value = self["sealed_password"].value()
        try:
            return codes.opened(str(value))
        except InvalidToken:
            return codes.opened(str(self.initial["sealed_password"]))

    def clean_sealed_password(self) -> str:
        sealed: str = self.cleaned_data["sealed_password"]
        try:
            codes.opened(sealed)
        except InvalidToken as error:
            raise forms.ValidationError("Scan the picture again") from error
        return sealed

    def answers(self) -> dict[str, Any]:
        """In the words of the action."""
        return {"sealed": self.cleaned_data["sealed_password"], "code": self.cleaned_data[NEW_APP]}


class SetUpKeyForm(GovukForm):
    """What a new key answered; the script fills it in."""

    new_key_password = forms.CharField(max_length=20_000, widget=forms.HiddenInput)
    look = {NEW_KEY: Look(missing="Press the button, and touch your key when it blinks")}

    def answers(self) -> dict[str, Any]:
        return {"name": "My first key", "answer": self.cleaned_data[NEW_KEY]}


class AddAppForm(ConfirmedForm, SetUpAppForm):
    """Another app in place of the one there is."""

    @property
    def picture(self) -> codes.Picture:
        return codes.picture(self.person, self.secret)

    @property
    def readable_secret(self) -> str:
        return codes.readable(self.secret)


class AddKeyForm(ConfirmedForm, SetUpKeyForm):
    """Another key, by a name."""

    name = TextField(label="Name of the key", max_length=NAME_LENGTH)
    look = {
        **SetUpKeyForm.look,
        "name": Look(
            hint="By which you know it again, like “Blue key”", noun="the name", autocomplete="off", width=20
        ),
    }

    def answers(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "answer": self.cleaned_data[NEW_KEY]}


class AskForResetForm(ConfirmedForm):
    """Why somebody’s second factor is to be reset."""

    reason = ReasonsField(label="How do you know that it is really they who ask?", max_length=1000)
