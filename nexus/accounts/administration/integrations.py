"""What an administrator does about a person's programs, a row a verb (nexus/verbs.py)."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone

from nexus.accounts.actions import integrations as actions
from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import Integration, ProgramKey, User
from nexus.accounts.program_keys import reasons_no_key
from nexus.accounts.program_scopes import READS, WRITES, choices
from nexus.accounts.tokens import live_integrations
from nexus.ui.forms import Look, ReasonsField, TextField
from nexus.verbs import Target, Verb


class PublicKeyField(forms.CharField):
    """A public key in PEM, as one that we take."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Public key", max_length=4000, widget=forms.Textarea, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if text and (reasons := reasons_no_key(text)):
            raise forms.ValidationError(reasons)
        return text


class GrantIntegrationForm(ConfirmedForm):
    """Which program, what it may do, how long and why, and the key with which it shows that it is it."""

    name = TextField(label="Name of the program", max_length=80)
    reads = forms.MultipleChoiceField(
        label="What may it read?", choices=choices(READS), widget=forms.CheckboxSelectMultiple
    )
    writes = forms.MultipleChoiceField(
        label="What may it change too?",
        choices=choices(WRITES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.IntegerField(label="How many days may it run?", min_value=1, max_value=actions.MOST_DAYS)
    reason = ReasonsField(label="What is it for?", max_length=1000)
    public_key = PublicKeyField(required=False)

    look = {
        "name": Look(hint="As its users call it, like “Force crime system”", autocomplete="off"),
        "reads": Look(noun="what it may read"),
        "writes": Look(hint="It decides, authorises and approves nothing, whatever you choose"),
        "days": Look(width=3, suffix="days", noun="the number of days"),
        "public_key": Look(hint="In PEM. The other half stays with the program. You can add it later"),
    }


class AddKeyForm(ConfirmedForm):
    """One more key of a program."""

    public_key = PublicKeyField()
    look = {"public_key": Look(hint="In PEM. The other half stays with the program", noun="the public key")}


def administer(row: Target) -> str:
    return "administer"


def live_one(user: User, integration_id: int) -> Integration:
    """A program of this person’s whose grant stands."""
    found = live_integrations(user, timezone.now()).filter(pk=integration_id).first()
    if found is None:
        raise Http404
    return found


def live_key(user: User, key_id: int) -> ProgramKey:
    """A key of one of this person’s programs that counts."""
    found = ProgramKey.objects.filter(pk=key_id, withdrawn_at=None, integration__person=user).first()
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
        heading="Grant a program",
        button="Grant the program",
        success=lambda program: (
            f"Granted. Its number is {program.pk}: the program names it when it asks for a token"
        ),
        lead="A program of a force’s or of the Home Office’s own, for which this person answers. It signs with its own key "
        "and is given a token for minutes. It acts for an officer it names, and the record names both. They are told.",
        permission=administer,
        reasons_against=lambda user, by, now: actions.reasons_not_to_grant(user, by=by),
        page_context=named,
        address="programs/add/",
    ),
    "integration_withdraw": Verb(
        action=actions.withdraw_integration,
        heading="Withdraw a program",
        button="Withdraw the program",
        success="Withdrawn. The program’s tokens have stopped working",
        lead="Its tokens stop working now, and the person is told.",
        permission=administer,
        page_context=lambda integration, by: {"caption": integration.name},
        address="programs/<int:integration_id>/withdraw/",
        find_part=live_one,
        warns=True,
    ),
    "program_key_add": Verb(
        action=actions.add_key,
        form=AddKeyForm,
        confirmed=True,
        heading="Add a key of a program",
        button="Add the key",
        success="Added. Withdraw the old key once the program signs with the new one",
        lead="The keys it has go on counting until you withdraw them.",
        permission=administer,
        page_context=lambda integration, by: {"caption": integration.name},
        address="programs/<int:integration_id>/keys/add/",
        find_part=live_one,
    ),
    "program_key_withdraw": Verb(
        action=actions.withdraw_key,
        heading="Withdraw a key of a program",
        button="Withdraw the key",
        success="Withdrawn. The program’s tokens have stopped working",
        lead="What is signed with it counts no more, and the program’s tokens stop working now.",
        permission=administer,
        page_context=lambda key, by: {"caption": f"{key.integration.name}, key {key.pk}"},
        address="program-keys/<int:key_id>/withdraw/",
        find_part=live_key,
        warns=True,
    ),
}
