"""The forms of one's own account."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone

from nexus.accounts.confirming import Confirmation, ConfirmedForm
from nexus.accounts.models import Scope, User
from nexus.ui.forms import GovukForm, Look

GOOD_PASSWORD = "At least 12 characters. Three unrelated words are easy to remember and hard to guess."  # noqa: S105  (a hint)


class SignInForm(GovukForm):
    """E-mail address and password, as typed. Whether they fit is the view's question.

    `retry_after` is the seconds after which they may be tried again, 0 where they were looked at.
    """

    retry_after = 0

    email = forms.CharField(label="E-mail address", max_length=254)
    password = forms.CharField(label="Password", max_length=1000, strip=False, widget=forms.PasswordInput)

    look = {
        "email": Look(autocomplete="username", missing="Enter your e-mail address", spellcheck=False),
        "password": Look(autocomplete="current-password", missing="Enter your password"),
    }


class ChangePasswordForm(ConfirmedForm):
    """The current password and a new one, typed once: it can be shown."""

    current_password = forms.CharField(label="Current password", strip=False, widget=forms.PasswordInput)
    new_password = forms.CharField(
        label="New password", max_length=1000, strip=False, widget=forms.PasswordInput
    )

    look = {
        "current_password": Look(autocomplete="current-password", missing="Enter your current password"),
        "new_password": Look(
            autocomplete="new-password",
            missing="Enter a new password",
            hint=GOOD_PASSWORD,
        ),
    }

    def __init__(self, *args: Any, confirmation: Confirmation, **kwargs: Any) -> None:
        super().__init__(*args, confirmation=confirmation, **kwargs)
        self.user = confirmation.by

    def clean_current_password(self) -> str:
        """A wrong one is counted, recorded and told like a wrong code."""
        current: str = self.cleaned_data["current_password"]
        wrong = "The current password is not right. Type it again"
        self.confirmation.check(current, timezone.now(), wrong, lambda: self.user.check_password(current))
        return current

    def clean_new_password(self) -> str:
        new: str = self.cleaned_data["new_password"]
        password_validation.validate_password(new, self.user)
        return new


class MakeTokenForm(ConfirmedForm):
    """What a new token may do."""

    scope = forms.ChoiceField(
        label="What may the program do?",
        choices=Scope.choices,
        initial=Scope.READ,
        required=False,
        widget=forms.RadioSelect,
    )


class ChoosePasswordForm(GovukForm):
    """The first password of `person`, typed once: it can be shown."""

    new_password = forms.CharField(label="Password", max_length=1000, strip=False, widget=forms.PasswordInput)

    look = {"new_password": Look(autocomplete="new-password", missing="Enter a password", hint=GOOD_PASSWORD)}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        new: str = self.cleaned_data["new_password"]
        password_validation.validate_password(new, self.person)
        return new
