"""The forms of an administrator."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from nexus.accounts.actions import EMAIL_TAKEN, TEAM_TAKEN
from nexus.accounts.actions.bank_holidays import reasons_not_a_bank_holiday
from nexus.accounts.actions.forces import reasons_against_force
from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import Force, Team, User
from nexus.accounts.regions import NO_REGION, Region
from nexus.accounts.roles import Role
from nexus.accounts.rules import reasons_against
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField, YesNoField


class UserForm(ConfirmedForm):
    """Who somebody is here. `user` is the account that is changed, None for a new one."""

    full_name = TextField(label="Full name", max_length=120)
    email = forms.EmailField(label="E-mail address", max_length=254)
    telephone = TextField(
        label="Telephone",
        max_length=30,
        required=False,
        validators=User._meta.get_field("telephone").validators,
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)
    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.all(), required=False, empty_label="No force"
    )
    team = forms.ModelChoiceField(
        label="Home Office team", queryset=Team.objects.all(), required=False, empty_label="No team"
    )
    nsa_accredited = forms.BooleanField(
        label="This person is NSA (non-suspensive appeal) accredited", required=False
    )

    look = {
        "full_name": Look(autocomplete="off"),
        "email": Look(autocomplete="off", spellcheck=False),
        "telephone": Look(
            autocomplete="off",
            width=20,
            noun="the telephone number",
            optional=True,
            hint="It is shown to the police while this person is on duty or on call",
        ),
        "force": Look(hint="Only for a police officer or force lead"),
        "team": Look(hint="Not for a police officer or force lead"),
        "nsa_accredited": Look(hint="Only for a case-owner: others are not given cases"),
    }

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk if self.user else 0).exists():
            raise forms.ValidationError(EMAIL_TAKEN)
        return email

    def clean(self) -> dict[str, Any]:
        """The same sentences as the action's, each at its field."""
        answers = self.cleaned_data
        if {"role", "force", "team"} <= set(answers):
            for field, sentence in reasons_against(
                role=answers["role"],
                has_force=answers["force"] is not None,
                has_team=answers["team"] is not None,
                nsa_accredited=answers["nsa_accredited"],
            ):
                self.add_error(field, sentence)
        return answers


class FindUserForm(GovukForm):
    """A name to look for. It is posted: a person's name does not stand in a URL."""

    name = TextField(label="Find a person by name or e-mail address", max_length=254)

    look = {"name": Look(missing="Enter a name or an e-mail address", width=20, autocomplete="off")}


class UserFilterForm(GovukForm):
    """Which accounts to list."""

    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *Role.choices])
    force = forms.ModelChoiceField(
        label="Force",
        queryset=Force.objects.all(),
        required=False,
        empty_label="Any force",
        to_field_name="code",
    )
    active = forms.ChoiceField(
        label="May sign in", required=False, choices=[("", "Either"), ("yes", "Yes"), ("no", "No, disabled")]
    )


class ForceForm(GovukForm):
    """What has been agreed with a force."""

    engaged = YesNoField(label="Is the force engaged with Nexus High Harm?")
    engaged_on = GovukDateField(label="Engaged since", required=False)
    value_added_activity = forms.BooleanField(
        label="The force takes part in value added activity", required=False
    )
    region = forms.ChoiceField(label="Region", required=False, choices=[("", NO_REGION), *Region.choices])

    look = {
        "value_added_activity": Look(
            hint="Criminal Casework can then ask it for support in cases without a flag"
        ),
        "region": Look(hint="The tasking discussion list groups operations by it"),
        "engaged": Look(hint="Only an engaged force can refer", missing="Select yes if the force is engaged"),
        "engaged_on": Look(
            hint="Leave empty if the force is not engaged or the date is not known", optional=True
        ),
    }

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("engaged") is False and answers.get("engaged_on"):
            self.add_error("engaged_on", "Only an engaged force has a date of engagement. Clear the date.")
        if answers.get("engaged") is False and answers.get("value_added_activity"):
            self.add_error(
                "value_added_activity", "Only an engaged force takes part in value added activity."
            )
        return answers


class AddForceForm(ForceForm):
    """A force that the service does not know yet, and what has been agreed with it."""

    code = TextField(label="PNC force code", max_length=2)
    name = TextField(label="Name of the force", max_length=60)
    ons_code = TextField(label="ONS code", max_length=9, required=False)

    field_order = ("code", "name", "ons_code", "region", "engaged", "engaged_on", "value_added_activity")
    look = ForceForm.look | {
        "code": Look(hint="Two digits, like 93. It cannot be changed later", width=2, autocomplete="off"),
        "name": Look(autocomplete="off"),
        "ons_code": Look(
            hint="Only forces of England and Wales have one, like E23000040",
            width=10,
            optional=True,
            autocomplete="off",
        ),
    }

    def clean_ons_code(self) -> str:
        return str(self.cleaned_data["ons_code"]).upper()

    def clean(self) -> dict[str, Any]:
        """The same sentences as the action's, each at its field."""
        answers = super().clean()
        if {"code", "name", "ons_code"} <= set(answers):
            for field, sentence in reasons_against_force(
                code=answers["code"], name=answers["name"], ons_code=answers["ons_code"]
            ):
                self.add_error(field, sentence)
        return answers


class TeamForm(GovukForm):
    """A team's name."""

    name = TextField(label="Name of the team", max_length=80)

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Team.objects.filter(name__iexact=name).exclude(pk=self.team.pk if self.team else 0).exists():
            raise forms.ValidationError(TEAM_TAKEN)
        return name


class BankHolidayForm(GovukForm):
    """A one-off bank holiday."""

    day = GovukDateField(label="Date of the bank holiday")
    reason = TextField(label="What the bank holiday is for", max_length=120)

    look = {
        "day": Look(noun="the date of the bank holiday"),
        "reason": Look(hint="For example, State funeral", missing="Enter what the bank holiday is for"),
    }

    def clean_day(self) -> dt.date:
        """The same sentences as the action's, at the field."""
        day: dt.date = self.cleaned_data["day"]
        reasons = reasons_not_a_bank_holiday(day, today=timezone.localdate())
        if reasons:
            raise forms.ValidationError(reasons)
        return day


class WithdrawBankHolidayForm(GovukForm):
    """Why a bank holiday that was added is none."""

    reason = ReasonsField(label="Why the bank holiday is withdrawn", max_length=200)

    look = {"reason": Look(missing="Enter why the bank holiday is withdrawn")}


def answers_about(user: User) -> dict[str, Any]:
    """What the form of an account begins with."""
    return {
        "full_name": user.full_name,
        "email": user.email,
        "telephone": user.telephone,
        "role": user.role,
        "force": user.force_id,
        "team": user.team_id,
        "nsa_accredited": user.nsa_accredited,
    }


def agreed_with(force: Force) -> dict[str, Any]:
    """What the form of a force begins with."""
    return {name: getattr(force, name) for name in ForceForm.base_fields}
