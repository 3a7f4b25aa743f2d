"""What is pending: the lists the desk works down, one matter, and what is written of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import actions, queries
from referrals.duty_desk.actions.litigation import reasons_only_litigation
from referrals.duty_desk.actions.matters import reasons_not_to_check, reasons_not_to_watch
from referrals.duty_desk.forms.pending import (
    CheckForm,
    ConcludeForm,
    JudgeForm,
    LitigationFilter,
    LitigationForm,
    MatterFilter,
    MatterForm,
    TaskForm,
)
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.permissions import MATTERS, WHO_MAY
from referrals.models import Referral

# By the address: which comes first.
ORDERS = {"unchecked": ["looked_at"], "next": ["next_on"], "hearing": ["hearing_on"]}


def list_page(
    request: SignedInRequest, everything: QuerySet[PendingMatter], filters: GovukForm, template: str
) -> HttpResponse:
    """Longest unchecked first, or by the next check or hearing."""
    now = timezone.now()
    filters.is_valid()
    sort = request.GET.get("sort") if request.GET.get("sort") in ORDERS else "unchecked"
    found = queries.asked_for(everything, filters.cleaned_data, now)
    anchors = PendingMatter.objects.visible_to(request.user)
    page = KeysetPage(found, request, order=ORDERS[str(sort)], anchors=anchors)
    seen = {matter.referral_id: matter.referral for matter in page.rows}
    record(kind="matter.listed", by=request.user, subjects=seen.values(), now=now)
    context = {
        "page": page,
        "filters": filters,
        "sort": sort,
        "today": timezone.localdate(now),
        "now": now,
        "at_desk": WHO_MAY.may("view_desk", request.user),
    }
    return render(request, template, context)


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Criminal matters."""
    MATTERS.permit("view", request.user)
    everything = queries.matters(request.user, litigation=False)
    return list_page(request, everything, MatterFilter(request.GET), "referrals/duty_desk/matters.html")


@require_GET
def litigation(request: SignedInRequest) -> HttpResponse:
    """Immigration litigation: for the desk all of it, for Liverpool that of accepted referrals."""
    MATTERS.permit("view_litigation", request.user)
    everything = queries.matters(request.user, litigation=True)
    return list_page(
        request, everything, LitigationFilter(request.GET), "referrals/duty_desk/litigation.html"
    )


def add_page(
    request: SignedInRequest, reference: str, verb: str, form_class: type[GovukForm], heading: str
) -> HttpResponse:
    """The page that lists a matter of one referral, and the action when it is sent."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user), reference=reference)
    MATTERS.permit(verb, request.user)
    form, status = bind(form_class, request), 200
    if form.is_valid():
        answers = form.answers() if isinstance(form, LitigationForm) else form.cleaned_data
        try:
            matter = getattr(actions, verb)(
                referral_id=referral.pk, by=request.user, now=timezone.now(), **answers
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The matter is listed")
            return redirect("duty_desk:matter", matter.pk)
    back = reverse("referrals:detail", args=[reference])
    words = {"heading": heading, "button_text": "Add the matter", "back_url": back}
    return asked(request, referral, form, reasons_not_to_watch(referral), status, **words)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    """List criminal proceedings the desk has heard of."""
    return add_page(request, reference, "add_matter", MatterForm, "Add a pending criminal matter")


@require_http_methods(["GET", "POST"])
def add_litigation(request: SignedInRequest, reference: str) -> HttpResponse:
    """List an appeal, a judicial review, or an injunction or stay."""
    return add_page(request, reference, "add_litigation", LitigationForm, "Add immigration litigation")


def one(request: SignedInRequest, matter_id: int, verb: str) -> PendingMatter:
    """The matter behind the address; 404 outside what the person sees, 403 where their role may not."""
    matters = PendingMatter.objects.visible_to(request.user)
    matter = get_object_or_404(
        matters.select_related("referral__force", "checked_by", "judged_by", "made_by"), pk=matter_id
    )
    MATTERS.permit(verb, request.user)
    return matter


@require_GET
def detail(request: SignedInRequest, matter_id: int) -> HttpResponse:
    """One matter: where it stands, what may be done, and everything written of it."""
    matter = one(request, matter_id, "view_litigation")
    viewed(request, matter.referral)
    entries = [
        {"title": str(entry), "at": entry.at, "by": entry.by, "text": told_in(entry), "tag": ""}
        for entry in matter.entries.select_related("by").order_by("-at", "-pk")
    ]
    context = {
        "matter": matter,
        "referral": matter.referral,
        "entries": entries,
        "today": timezone.localdate(),
        "refusals": reasons_not_to_check(matter),
        "may": {verb for verb in DEEDS if MATTERS.may(verb, request.user)},
        "at_desk": WHO_MAY.may("view_desk", request.user),
    }
    return render(request, "referrals/duty_desk/matter.html", context)


def told_in(entry: Any) -> str:
    """What one entry says, with what it changes."""
    return f"{entry.text}\nWhat it changes: {entry.changes}" if entry.changes else entry.text


@dataclass(frozen=True)
class Deed:
    """One thing to do with a matter: its form, the words of its page, and what stands against it."""

    form: type[GovukForm]
    heading: str
    button_text: str
    done: str
    reasons_not_to: Callable[[PendingMatter], list[str]] = reasons_not_to_check


DEEDS: Mapping[str, Deed] = {
    "check_matter": Deed(CheckForm, "Record a check", "Record the check", "The check is recorded"),
    "conclude_matter": Deed(ConcludeForm, "The matter is over", "Conclude the matter", "The matter is over"),
    "judge_litigation": Deed(
        JudgeForm,
        "Does it suspend removal?",
        "Record the effect",
        "The effect on removal is recorded",
        reasons_only_litigation,
    ),
    "task_litigation": Deed(
        TaskForm,
        "Task the litigation",
        "Task it",
        "The litigation is tasked",
        reasons_only_litigation,
    ),
}


def act(request: SignedInRequest, matter_id: int, verb: str) -> HttpResponse:
    """The page of one deed, and the action when it is sent."""
    matter, deed = one(request, matter_id, verb), DEEDS[verb]
    options = {"kind": matter.kind} if verb == "conclude_matter" else {}
    form, status = bind(deed.form, request, **options), 200
    if form.is_valid():
        action = getattr(actions, verb)
        try:
            action(matter_id=matter.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, deed.done)
            return redirect("duty_desk:matter", matter.pk)
    back = reverse("duty_desk:matter", args=[matter.pk])
    words = {"heading": deed.heading, "button_text": deed.button_text, "back_url": back}
    return asked(
        request, matter.referral, form, deed.reasons_not_to(matter), status, matter=matter, verb=verb, **words
    )


def page_of(verb: str) -> Callable[..., HttpResponse]:
    """The view of one deed."""

    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, matter_id: int) -> HttpResponse:
        return act(request, matter_id, verb)

    return view


VERBS = [(verb, page_of(verb)) for verb in DEEDS]


def viewed(request: SignedInRequest, referral: Referral) -> None:
    now = timezone.now()
    record(kind="matter.viewed", by=request.user, subject=referral, now=now)


def asked(
    request: SignedInRequest,
    referral: Referral,
    form: GovukForm,
    refusals: list[str],
    status: int,
    **context: Any,
) -> HttpResponse:
    """The page of a form about one referral, written down as read."""
    viewed(request, referral)
    context |= {"referral": referral, "form": form, "refusals": refusals}
    return render(request, "referrals/duty_desk/matter_act.html", context, status=status)
