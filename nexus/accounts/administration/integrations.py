"""What an administrator does about a person's programs, a row a verb (nexus/verbs.py)."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone

from nexus.accounts.actions import integrations as actions
from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import Integration, Scope, User
from nexus.accounts.tokens import live_integrations
from nexus.ui.forms import Look, ReasonsField, TextField
from nexus.verbs import Target, Verb


class GrantIntegrationForm(ConfirmedForm):
    """Which program, what it may do, how long and why."""

    name = TextField(label="Name of the program", max_length=80)
    scope = forms.ChoiceField(label="What may it do?", choices=Scope.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label="How many days may its token last?", min_value=1, max_value=actions.MOST_DAYS
    )
    reason = ReasonsField(label="Why does it need more than a working day?", max_length=1000)

    look = {
        "name": Look(hint="As its users call it, like “Force crime system”", autocomplete="off"),
        "scope": Look(noun="what it may do"),
        "days": Look(width=3, suffix="days", noun="the number of days"),
    }


def administer(row: Target) -> str:
    return "administer"


def live_one(user: User, integration_id: int) -> Integration:
    """A program of this person’s whose grant stands."""
    found = live_integrations(user, timezone.now()).filter(pk=integration_id).first()
    if found is None:
        raise Http404
    return found


def named(user: User, by: User) -> dict[str, Any]:
    return {"caption": user.full_name}


VERBS = {
    "integration_grant": Verb(
        action=actions.grant_integration,
        form=GrantIntegrationForm,
        confirmed=True,
        heading="Grant a program a longer token",
        button="Grant the token",
        success="Granted. The person makes the token on their account page, and nobody else sees it",
        lead="A token lasts a working day. A program that runs by itself can have a longer one: it does what this person "
        "may do, and is recorded as them. They are told.",
        permission=administer,
        reasons_against=lambda user, by, now: actions.reasons_not_to_grant(user, by=by),
        page_context=named,
        address="programs/add/",
    ),
    "integration_withdraw": Verb(
        action=actions.withdraw_integration,
        heading="Withdraw the longer token of a program",
        button="Withdraw the token",
        success="Withdrawn. The program’s tokens have stopped working",
        lead="Its tokens stop working now, and the person is told.",
        permission=administer,
        page_context=lambda integration, by: {"caption": integration.name},
        address="programs/<int:integration_id>/withdraw/",
        find_part=live_one,
        warns=True,
    ),
}
