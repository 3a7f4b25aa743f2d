"""One support request: its page, and what is done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.support import actions, forms, queries
from casework.support.actions.ask import reasons_not_to_amend
from casework.support.actions.submit import (
    reasons_not_to_cancel,
    reasons_not_to_pass_on,
    reasons_not_to_submit,
)
from casework.support.actions.talk import reasons_not_to_write
from casework.support.models import SupportRequest
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.rules import ELIGIBLE_TEXT, VALUE_ADDED_TEXT, Kind
from casework.support.timeline import happenings
from casework.support.views.pages import show, viewed, visible
from nexus.accounts.models import User
from nexus.accounts.roles import CASEWORK_ROLES
from nexus.audit.recording import record
from nexus.documents.downloading import download
from nexus.documents.models import StoredFile
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import capfirst
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.ui.views import conflict
from referrals.models import SpecialConditionsFlag


@dataclass(frozen=True)
class Deed:
    """One thing to do with a request: its form, its action, its words and what may stand against it."""

    form: type[GovukForm]
    action: Callable[..., Any]
    heading: str
    done: str
    reasons_not_to: Callable[[SupportRequest, User], list[str]]
    button: str = ""  # the heading, unless it says otherwise


def unless_moved(verb: str) -> Callable[[SupportRequest, User], list[str]]:
    return lambda request, by: request.reasons_not_to_move(verb)


DEEDS = {
    "accept": Deed(
        forms.AcceptForm,
        actions.accept,
        "Accept the request",
        "The request is accepted. The case-owner has been told",
        unless_moved("accept"),
    ),
    "decline": Deed(
        forms.DeclineForm,
        actions.decline,
        "Decline the request",
        "The request is declined. The case-owner has been told",
        unless_moved("decline"),
    ),
    "fulfil": Deed(
        forms.FulfilForm,
        actions.fulfil,
        "Record what was done",
        "What was done is recorded. The case-owner has been told",
        unless_moved("fulfil"),
    ),
    "add_message": Deed(
        forms.MessageForm,
        actions.add_message,
        "Write a message",
        "The message is sent",
        reasons_not_to_write,
        "Send the message",
    ),
    "send_back": Deed(
        forms.SendBackForm,
        actions.send_back,
        "Send the request back",
        "The request is back with whoever asked",
        unless_moved("send_back"),
    ),
    "cancel": Deed(
        forms.CancelForm,
        actions.cancel,
        "Cancel the request",
        "The request is cancelled",
        reasons_not_to_cancel,
    ),
}
# Done by one button, without a form.
BUTTONS: dict[str, Callable[[SupportRequest, User], list[str]]] = {
    "submit": reasons_not_to_submit,
    "pass_on": lambda request, by: reasons_not_to_pass_on(request),
    "amend": reasons_not_to_amend,
}


def where_it_came_from(asked: SupportRequest, by: User) -> str:
    """Liverpool works by case, everybody else by the list."""
    if asked.referral and by.role in CASEWORK_ROLES:
        return reverse("support:case", args=[asked.referral.reference])
    return reverse("support:list")


def reasons_against(asked: SupportRequest, by: User) -> dict[str, list[str]]:
    """What stands against each verb of the person's role."""
    checks = {**BUTTONS, **{verb: deed.reasons_not_to for verb, deed in DEEDS.items()}}
    return {verb: check(asked, by) for verb, check in checks.items() if WHO_MAY.may(verb, by)}


@require_GET
def detail(request: SignedInRequest, request_id: int) -> HttpResponse:
    """What is asked, what the force said and did, the thread, and what this person may do now."""
    asked, by = visible(request, request_id, "view"), request.user
    viewed(request, asked, "detail")
    against = reasons_against(asked, by)
    context: dict[str, Any] = {
        "asked": asked,
        "standing": queries.standing_of(asked, timezone.localdate()),
        "recorded_on": queries.recorded_later(asked),
        "contact": queries.contact_of(asked),
        "thread": asked.messages.select_related("by__force", "file"),
        "happenings": happenings(asked, by),
        "can": {verb for verb, reasons in against.items() if not reasons},
        # A draft that cannot be sent says why where its button would be.
        "refusals": against.get("submit", []) if asked.state == "draft" else [],
        "quotation_text": capfirst(VALUE_ADDED_TEXT if asked.is_value_added else ELIGIBLE_TEXT),
        "alike": alike(request, asked) if "pass_on" in against and not against["pass_on"] else [],
        "engagement_path": queries.engagement_path(asked),
        "is_arrest": asked.kind == Kind.ARREST,
        "is_police": by.is_police,
        "back_url": where_it_came_from(asked, by),
    }
    return show(request, asked.referral, "detail", **context)


def alike(request: SignedInRequest, asked: SupportRequest) -> list[SpecialConditionsFlag]:
    """The flags of people who may be the subject of value added activity; that they were shown is written down."""
    if not asked.is_value_added:
        return []
    found = queries.flags_like(asked.subject_name, asked.subject_born, request.user)
    if found:
        now = timezone.now()
        record(kind="flag.listed", by=request.user, subjects=found, now=now)
    return found


@require_POST
def submit(request: SignedInRequest, request_id: int) -> HttpResponse:
    return press(request, request_id, "submit", actions.submit)


@require_POST
def pass_on(request: SignedInRequest, request_id: int) -> HttpResponse:
    return press(request, request_id, "pass_on", actions.pass_on)


def press(request: SignedInRequest, request_id: int, verb: str, act: Callable[..., Any]) -> HttpResponse:
    """One button, one action, and back to the request with what becomes of it."""
    asked = visible(request, request_id, verb)
    back = reverse("support:detail", args=[asked.pk])
    try:
        done: SupportRequest = act(request_id=asked.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, back)
    where = "the Referrals Office, which passes it on" if done.state == "submitted" else str(done.force)
    messages.success(request, f"The request is with {where}")
    return redirect(back)


def act(request: SignedInRequest, request_id: int, verb: str) -> HttpResponse:
    """The page of one deed: its form below what is asked, and the action when it is sent."""
    asked, deed = visible(request, request_id, verb), DEEDS[verb]
    options = {"asked": asked} if verb == "fulfil" else {}
    form, status = bind(deed.form, request, **options), 200
    if form.is_valid():
        try:
            deed.action(request_id=asked.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, deed.done)
            return redirect("support:detail", asked.pk)
    viewed(request, asked, verb)
    context = {
        "asked": asked,
        "deed": deed,
        "form": form,
        "refusals": deed.reasons_not_to(asked, request.user),
        "back_url": reverse("support:detail", args=[asked.pk]),
    }
    return show(request, asked.referral, "act", status=status, **context)


def page_of(verb: str) -> Callable[..., HttpResponse]:
    """The view of one deed."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, request_id: int) -> HttpResponse:
        return act(request, request_id, verb)

    return view


VERBS = [(verb, page_of(verb)) for verb in DEEDS]


@require_GET
def document(request: SignedInRequest, request_id: int, message_id: int) -> HttpResponse:
    """A document of the thread, to be saved, once it is checked; the download is recorded."""
    asked = visible(request, request_id, "view")
    of_thread = {"support_message__pk": message_id, "support_message__support_request": asked}
    file: StoredFile = get_object_or_404(StoredFile, **of_thread)
    return download(
        request,
        file,
        kind="support.document_downloaded",
        subject=asked,
        detail={"message": message_id},
        recipient=recipient_of(request.user),
        back_url=reverse("support:detail", args=[asked.pk]),
    )
