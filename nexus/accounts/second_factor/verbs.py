"""What a person does to their own second factor, a row a verb (nexus/verbs.py)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.models import User
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.second_factor import actions, codes, keys
from nexus.accounts.second_factor.forms import AddAppForm, AddKeyForm
from nexus.requests import SignedInRequest
from nexus.verbs import Target, Verb, VerbPages


def hold_account(on: Target) -> str:
    """One permission for all of it."""
    return "hold_account"


def yours(on: Target, by: User) -> str:
    return reverse("accounts:second_factor")


def of_a_new_key(on: Target, by: User) -> dict[str, Any]:
    return {"asked_of_new_key": keys.asked_to_add(by)}


def show_codes(request: SignedInRequest, on: Target, made: list[str]) -> HttpResponse:
    """The page that answers is the only place of them."""
    context = {"codes": made, "next_page": reverse("accounts:second_factor")}
    return render(request, "nexus/accounts/second_factor/recovery_codes.html", context)


VERBS = {
    "app_add": Verb(
        action=actions.add_app,
        form=AddAppForm,
        heading="Set up another app",
        button="Use this app",
        success="Your app is set up. One you had before gives no codes for this service any more",
        lead="It takes the place of the app you have now.",
        permission=hold_account,
        confirmed=True,
        address="app/",
        template="nexus/accounts/second_factor/app_add.html",
    ),
    "key_add": Verb(
        action=actions.add_key,
        form=AddKeyForm,
        heading="Add a security key",
        button="Add the key",
        success="The key is added",
        lead="A key you plug in or hold to the device, or a passkey of the device itself. It needs JavaScript.",
        permission=hold_account,
        confirmed=True,
        page_context=of_a_new_key,
        address="key/",
        template="nexus/accounts/second_factor/key_add.html",
    ),
    "factor_remove": Verb(
        action=actions.remove_factor,
        form=ConfirmedForm,
        heading="Remove an app or a key",
        button="Remove it",
        success="It is removed",
        lead="It signs nobody in any more. The only one you have stays.",
        permission=hold_account,
        confirmed=True,
        warns=True,
        address="<int:factor_id>/remove/",
        find_part=lambda nothing, factor_id: get_object_or_404(
            Authenticator, pk=factor_id, type__in=codes.FIRST
        ),
    ),
    "recovery_codes": Verb(
        action=actions.new_recovery_codes,
        form=ConfirmedForm,
        heading="Make new recovery codes",
        button="Make new codes",
        lead="The codes you have now stop working.",
        permission=hold_account,
        confirmed=True,
        address="recovery-codes/",
        answer_with=show_codes,
    ),
}

pages = VerbPages(verbs=VERBS, who_may=WHO_MAY, back=yours)
