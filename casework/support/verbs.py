"""Everything that is done to a support request, a row a verb: its page and its endpoint are made from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from casework.support import actions, forms
from casework.support.actions.answer import reasons_not_to_accept, reasons_not_to_fulfil
from casework.support.actions.ask import reasons_not_to_amend, reasons_not_to_ask_for
from casework.support.actions.submit import (
    reasons_not_to_cancel,
    reasons_not_to_pass_on,
    reasons_not_to_submit,
)
from casework.support.actions.talk import reasons_not_to_write
from casework.support.comparing import ComparedForm
from casework.support.lists import FLAGS, REQUESTS, flags_shown
from casework.support.models import SupportRequest
from casework.support.permissions import ELSEWHERE, WHO_MAY
from casework.support.rules import COMMITMENT_TEXT, ELIGIBLE_TEXT, VALUE_ADDED_TEXT
from casework.support.views.pages import show
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.formatting import capfirst
from nexus.verbs import Verb, VerbPages
from referrals.models import SpecialConditionsFlag

CHECKED_NEXT = "Nothing is sent yet. You can check the request on the next page."


def unless_moved(verb: str) -> Callable[[SupportRequest, User, datetime], list[str]]:
    """What its state says against it."""
    return lambda asked, by, now: asked.reasons_not_to_move(verb)


def page_of(asked: SupportRequest) -> str:
    return reverse("support:detail", args=[asked.pk])


def sent_to(asked: SupportRequest) -> str:
    """Where a request has gone."""
    where = "the Referrals Office, which passes it on" if asked.state == "submitted" else str(asked.force)
    return f"The request is with {where}"


def form_to_amend(asked: SupportRequest, by: User) -> type[forms.SupportForm]:
    """What the draft was written with."""
    if asked.is_value_added:
        return ComparedForm
    return forms.FlaggedForm if asked.from_criminal_casework else forms.CommitmentForm


def draft(asked: SupportRequest, by: User) -> dict[str, Any]:
    """What the form of a draft begins with."""
    names = set(form_to_amend(asked, by).base_fields) - {"another_person"}
    initial = {name: getattr(asked, name) for name in names} | {"force": asked.force.code}
    return {"initial": initial, "by": by} if asked.is_value_added else {"initial": initial}


ASKER = {
    "amend": Verb(
        action=actions.amend,
        form=ComparedForm,
        choose_form=form_to_amend,
        form_kwargs=draft,
        partial=True,
        heading="Change the request",
        button="Save and check",
        lead=CHECKED_NEXT,
        reasons_against=lambda asked, by, now: reasons_not_to_amend(asked, by),
        template="ask",
    ),
    "submit": Verb(
        action=actions.submit,
        heading="Submit the request",
        success=sent_to,
        reasons_against=lambda asked, by, now: reasons_not_to_submit(asked, by),
        button_only=True,
    ),
    "cancel": Verb(
        action=actions.cancel,
        form=forms.CancelForm,
        heading="Cancel the request",
        success="The request is cancelled",
        reasons_against=lambda asked, by, now: reasons_not_to_cancel(asked, by),
    ),
    # The force's as well
    "add_message": Verb(
        action=actions.add_message,
        form=forms.MessageForm,
        heading="Write a message",
        button="Send the message",
        success="The message is sent",
        reasons_against=lambda asked, by, now: reasons_not_to_write(asked, by),
    ),
}

OFFICE = {
    "pass_on": Verb(
        action=actions.pass_on,
        heading="Pass the request on",
        success=sent_to,
        reasons_against=lambda asked, by, now: reasons_not_to_pass_on(asked, by),
        button_only=True,
    ),
    "send_back": Verb(
        action=actions.send_back,
        form=forms.SendBackForm,
        heading="Send the request back",
        success="The request is back with the requester",
        reasons_against=unless_moved("send_back"),
        next_page=lambda asked, sent: reverse("support:list"),
    ),
}

OF_THE_FORCE = {
    "accept": Verb(
        action=actions.accept,
        form=forms.AcceptForm,
        heading="Accept the request",
        success="The request is accepted. The case-owner has been told",
        reasons_against=lambda asked, by, now: reasons_not_to_accept(asked, by),
    ),
    "decline": Verb(
        action=actions.decline,
        form=forms.DeclineForm,
        heading="Decline the request",
        success="The request is declined. The case-owner has been told",
        reasons_against=unless_moved("decline"),
    ),
    "fulfil": Verb(
        action=actions.fulfil,
        form=forms.FulfilForm,
        form_kwargs=lambda asked, by: {"asked": asked},
        heading="Record what was done",
        success="What was done is recorded. The case-owner has been told",
        reasons_against=lambda asked, by, now: reasons_not_to_fulfil(asked),
    ),
}

VERBS = {**ASKER, **OFFICE, **OF_THE_FORCE}


def show_verb(
    request: SignedInRequest, asked: SupportRequest, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb, in the frame of its case for who reads the case."""
    REQUESTS.viewed(request.user, asked, page=name)
    show_flags(request.user, context["form"])
    template = context["verb"].template or "act"
    return show(request, asked.referral, template, status=status, asked=asked, **context)


def show_flags(by: User, form: Any) -> None:
    """Where a form was compared with flags and the page shows them, write that down."""
    if flags := getattr(form, "alike", None):
        flags_shown(by, flags)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=REQUESTS.find,
    ids=lambda asked: {"request_id": asked.pk},
    show=show_verb,
    back=lambda asked, by: page_of(asked),
)

# The two ways a request begins: from a flag, or without one as value added activity.
ASK = Verb(
    action=actions.ask,
    form=forms.FlaggedForm,
    choose_form=lambda flag, by: forms.FlaggedForm if by.role in ELSEWHERE else forms.CommitmentForm,
    heading="Ask for police support",
    button="Save and check",
    lead=CHECKED_NEXT,
    quote=ELIGIBLE_TEXT,
    reasons_against=lambda flag, by, now: reasons_not_to_ask_for(flag.referral, by),
    page_context=lambda flag, by: {"commitment_text": f"{capfirst(COMMITMENT_TEXT)}."},
    next_page=lambda flag, made: page_of(made),
)
ASK_VALUE_ADDED = Verb(
    action=actions.ask_value_added,
    form=ComparedForm,
    form_kwargs=lambda nothing, by: {"by": by},
    heading="Ask for value added activity",
    button="Save and check",
    lead=CHECKED_NEXT,
    quote=capfirst(VALUE_ADDED_TEXT),
    page_context=lambda nothing, by: {"is_value_added": True},
    next_page=lambda nothing, made: page_of(made),
)


def show_ask(
    request: SignedInRequest, flag: SpecialConditionsFlag, name: str, *, status: int, **context: Any
) -> HttpResponse:
    FLAGS.viewed(request.user, flag)
    return show(request, flag.referral, "ask", status=status, flag=flag, **context)


def show_ask_value_added(
    request: SignedInRequest, nothing: None, name: str, *, status: int, **context: Any
) -> HttpResponse:
    show_flags(request.user, context["form"])
    return show(request, None, "ask", status=status, **context)


def back_from_flag(flag: SpecialConditionsFlag, by: User) -> str:
    """Criminal Casework comes from the flags, Liverpool from its case."""
    if by.role in ELSEWHERE:
        return reverse("referrals:flags")
    return reverse("support:case", args=[flag.referral.reference])


ask_pages = VerbPages(
    verbs={"ask": ASK},
    who_may=WHO_MAY,
    find=FLAGS.find,
    ids=lambda flag: {"reference": flag.referral.reference},
    show=show_ask,
    back=back_from_flag,
)
value_added_pages = VerbPages(
    verbs={"ask_value_added": ASK_VALUE_ADDED},
    who_may=WHO_MAY,
    show=show_ask_value_added,
    back=lambda nothing, by: reverse("support:list"),
)
