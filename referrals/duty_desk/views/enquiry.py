"""One enquiry: what was asked, what was answered, and what may be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.ui.views import conflict
from referrals.duty_desk import actions, queries
from referrals.duty_desk.actions.pass_on import reasons_not_to_hand_over
from referrals.duty_desk.forms.enquiries import AnswerForm, HandOverForm, LinkForm, NoteForm, ReopenForm
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY, recipient_of
from referrals.permissions import WHO_MAY as REFERRALS
from referrals.states import State as ReferralState


@dataclass(frozen=True)
class Verb:
    """One thing to do with an enquiry: its form, its action and the words of its page."""

    form: type[GovukForm]
    action: Callable[..., Any]
    heading: str
    done: str
    reasons_not_to: Callable[[Enquiry], list[str]]


def always(enquiry: Enquiry) -> list[str]:
    return []


DEEDS = {
    "answer": Verb(
        AnswerForm,
        actions.answer,
        "Answer the enquiry",
        "The answer is given",
        lambda enquiry: enquiry.reasons_not_to_move("answer"),
    ),
    "reopen": Verb(
        ReopenForm,
        actions.reopen,
        "Reopen the enquiry",
        "The enquiry is open again",
        lambda enquiry: enquiry.reasons_not_to_move("reopen"),
    ),
    "hand_over": Verb(
        HandOverForm,
        actions.hand_over,
        "Hand over the enquiry",
        "The enquiry is handed over",
        reasons_not_to_hand_over,
    ),
    "link": Verb(LinkForm, actions.link, "Link the enquiry to a referral", "The enquiry is linked", always),
    "add_note": Verb(NoteForm, actions.add_note, "Add a note", "The note is added", always),
}


def visible(request: SignedInRequest, pk: int, verb: str) -> Enquiry:
    """The enquiry behind the address; 404 outside what the person sees, 403 where their role may not."""
    enquiries = Enquiry.objects.visible_to(request.user)
    enquiry = get_object_or_404(
        enquiries.select_related("force", "logged_by", "owner", "answered_by", "asked_by"), pk=pk
    )
    WHO_MAY.permit(verb, request.user)
    return enquiry


def viewed(request: SignedInRequest, enquiry: Enquiry, page: str) -> None:
    """Write down that the page was read."""
    record(
        kind="enquiry.viewed",
        by=request.user,
        subject=enquiry,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        detail={"page": page},
    )


@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question, its answer, what happened, and what this person may do now."""
    enquiry, by = visible(request, pk, "view"), request.user
    viewed(request, enquiry, "detail")
    referral = queries.linked_referral(enquiry, by)
    refused = referral is not None and referral.state == ReferralState.NOT_ACCEPTED
    context = {
        "enquiry": enquiry,
        "referral": referral,
        "at_desk": WHO_MAY.may("view_desk", by),
        "may": {
            verb for verb, deed in DEEDS.items() if WHO_MAY.may(verb, by) and not deed.reasons_not_to(enquiry)
        },
        "may_take": WHO_MAY.may("answer", by)
        and enquiry.owner is None
        and not reasons_not_to_hand_over(enquiry),
        "may_reopen_referral": refused and REFERRALS.may("reopen", by),
        "happenings": queries.happenings(enquiry, by),
        "back_url": reverse("duty_desk:enquiries"),
    }
    return render(request, "referrals/duty_desk/detail.html", context)


@require_POST
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an enquiry that nobody has; or be told who was quicker."""
    enquiry = visible(request, pk, "answer")
    back = reverse("duty_desk:detail", args=[enquiry.pk])
    try:
        actions.hand_over(enquiry_id=enquiry.pk, by=request.user, now=timezone.now(), to=request.user)
    except Refused as refused:
        enquiry.refresh_from_db()
        if enquiry.owner_id != request.user.pk:
            taken = [f"{enquiry.owner} has this enquiry now."] if enquiry.owner_id else refused.reasons
            return conflict(request, taken, back)
    else:
        messages.success(request, f"You have {enquiry}".replace("Enquiry", "enquiry"))
    return redirect(back)


def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """The page of one deed: its form below the question, and the action when it is sent."""
    enquiry, deed = visible(request, pk, verb), DEEDS[verb]
    options = {"owner": enquiry.owner_id} if verb == "hand_over" else {}
    form, status = bind(deed.form, request, **options), 200
    if form.is_valid():
        try:
            deed.action(enquiry_id=enquiry.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, deed.done)
            return redirect("duty_desk:detail", enquiry.pk)
    viewed(request, enquiry, verb)
    context = {
        "enquiry": enquiry,
        "deed": deed,
        "form": form,
        "refusals": deed.reasons_not_to(enquiry),
        "back_url": reverse("duty_desk:detail", args=[enquiry.pk]),
    }
    return render(request, "referrals/duty_desk/act.html", context, status=status)


def page_of(verb: str) -> Callable[..., HttpResponse]:
    """The view of one deed."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        return act(request, pk, verb)

    return view


VERBS = [(verb, page_of(verb)) for verb in DEEDS]
