"""What is done to an enquiry, and how one is logged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from referrals.duty_desk import actions
from referrals.duty_desk.actions.pass_on import reasons_not_to_hand_over, reasons_not_to_take
from referrals.duty_desk.forms.enquiries import (
    AnswerForm,
    HandOverForm,
    LinkForm,
    LogForm,
    NoteForm,
    ReopenForm,
)
from referrals.duty_desk.lists import ENQUIRIES
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import ASKS, WHO_MAY


def unless_moved(verb: str) -> Callable[[Enquiry, User, datetime], list[str]]:
    """What its state says against it."""
    return lambda enquiry, by, now: enquiry.reasons_not_to_move(verb)


def page_of(enquiry: Enquiry) -> str:
    return reverse("duty_desk:detail", args=[enquiry.pk])


VERBS = {
    "answer": Verb(
        action=actions.answer,
        form=AnswerForm,
        heading="Answer the enquiry",
        success="The answer is given",
        reasons_against=unless_moved("answer"),
    ),
    "reopen": Verb(
        action=actions.reopen,
        form=ReopenForm,
        heading="Reopen the enquiry",
        success="The enquiry is open again",
        reasons_against=unless_moved("reopen"),
    ),
    "take": Verb(
        action=actions.take,
        heading="Take the enquiry",
        success=lambda enquiry: f"You have enquiry {enquiry.pk}",
        reasons_against=lambda enquiry, by, now: reasons_not_to_take(enquiry),
        button_only=True,
    ),
    "hand_over": Verb(
        action=actions.hand_over,
        form=HandOverForm,
        form_kwargs=lambda enquiry, by: {"owner": enquiry.owner_id},
        heading="Hand over the enquiry",
        success="The enquiry is handed over",
        reasons_against=lambda enquiry, by, now: reasons_not_to_hand_over(enquiry),
    ),
    "link": Verb(
        action=actions.link,
        form=LinkForm,
        heading="Link the enquiry to a referral",
        success="The enquiry is linked",
    ),
    "add_note": Verb(
        action=actions.add_note, form=NoteForm, heading="Add a note", success="The note is added"
    ),
}


def show(
    request: SignedInRequest, enquiry: Enquiry, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb, with the question above its form."""
    ENQUIRIES.viewed(request.user, enquiry, page=name)
    context["enquiry"] = enquiry
    return render(request, "referrals/duty_desk/act.html", context, status=status)


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=ENQUIRIES.find,
    ids=lambda enquiry: {"enquiry_id": enquiry.pk},
    show=show,
    back=lambda enquiry, by: page_of(enquiry),
)


def logged(enquiry: Enquiry) -> str:
    """What is said to who logged it: for somebody else, or as their own question."""
    for_others = WHO_MAY.may("view_desk", enquiry.logged_by)
    return f"{enquiry} is logged" if for_others else "Your question is with the Duty Desk"


LOG = Verb(
    action=actions.log,
    form=LogForm,
    form_kwargs=lambda nothing, by: {"by": by, "initial": {"key": uuid4()}},
    heading="Log an enquiry",
    button="Log the enquiry",
    success=logged,
    next_page=lambda nothing, enquiry: page_of(enquiry),
)
# The same in the words of those who ask for themselves.
ASK = replace(
    LOG,
    heading="Ask the Duty Desk",
    button="Send the question",
    lead="A duty officer in Croydon answers from Monday to Friday. You read the answer here.",
)


def show_log(
    request: SignedInRequest, nothing: None, name: str, *, status: int, **context: Any
) -> HttpResponse:
    context["verb"] = ASK if request.user.role in ASKS else LOG
    return render(request, "verb.html", context, status=status)


log_pages = VerbPages(
    verbs={"log": LOG},
    who_may=WHO_MAY,
    show=show_log,
    back=lambda nothing, by: reverse("duty_desk:enquiries"),
)
