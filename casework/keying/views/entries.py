"""The list of what has to be keyed, and the two pages of one entry."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.keying import actions
from casework.keying.actions.confirm import reasons_not_to_confirm, reasons_not_to_correct
from casework.keying.forms import ConfirmForm, CorrectForm
from casework.keying.models import Entry
from casework.keying.permissions import WHO_MAY
from casework.keying.queries import entries, followed_by, is_late, theirs
from casework.keying.rules import KEY_WITHIN
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage

# The tabs of the list by the word in the address: pending oldest first, keyed newest first.
SHOWN = {"": ["happened_at"], "all": ["happened_at"], "keyed": ["-keyed__keyed_at"]}


@require_GET
def list_(request: SignedInRequest) -> HttpResponse:
    """What this person keys and has not been keyed; or all that is pending; or what has been keyed."""
    WHO_MAY.permit("view", request.user)
    now, shown = timezone.now(), request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    everything = entries(Entry.objects.visible_to(request.user))
    found = everything.exclude(keyed=None) if shown == "keyed" else everything.pending()
    if not shown:
        found = found.filter(theirs(request.user))
    page = KeysetPage(found, request, order=SHOWN[shown], anchors=everything)
    record(
        kind="keying.listed",
        by=request.user,
        subjects=[entry.referral for entry in page],
        now=now,
    )
    keys = [entry.pk for entry in page]
    context = {
        "page": page,
        "shown": shown,
        "late": set(Entry.objects.filter(is_late(now), pk__in=keys).values_list("pk", flat=True)),
        "may": {entry.pk for entry in page if WHO_MAY.may(entry.verb, request.user)},
        "later": followed_by(page),
        "within": KEY_WITHIN,
    }
    return render(request, "casework/keying/list.html", context)


def next_of(user: User) -> Entry | None:
    """What this person keys next: the oldest of theirs."""
    pending = Entry.objects.visible_to(user).pending().filter(theirs(user))
    return pending.order_by("happened_at", "pk").first()


def visible(request: SignedInRequest, key: str) -> Entry:
    """The entry behind the address; 404 outside what the person sees, 403 where another role keys it."""
    entry = get_object_or_404(entries(Entry.objects.visible_to(request.user)), pk=key)
    WHO_MAY.permit(entry.verb, request.user)
    return entry


@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest, key: str) -> HttpResponse:
    """What to key where, on whose record; then the confirmation that it was."""
    entry = visible(request, key)
    form = bind(ConfirmForm, request)
    if form.is_valid():
        system = form.cleaned_data["system"]
        try:
            actions.confirm(key=key, by=request.user, now=timezone.now(), system=system)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"Confirmed for {entry.referral.reference}: it is keyed")
            following = next_of(request.user) if request.POST.get("then") == "next" else None
            return redirect("keying:confirm", following.pk) if following else redirect("keying:list")
    return show(request, entry, "confirm", form, reasons_not_to_confirm(entry))


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, key: str) -> HttpResponse:
    """A confirmation was wrong: the entry is to be keyed again."""
    entry = visible(request, key)
    form = bind(CorrectForm, request)
    if form.is_valid():
        try:
            actions.correct(key=key, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{entry.referral.reference} is to be keyed again")
            return redirect("keying:list")
    return show(request, entry, "correct", form, reasons_not_to_correct(entry))


def show(
    request: SignedInRequest, entry: Entry, template: str, form: Any, refusals: list[str]
) -> HttpResponse:
    now = timezone.now()
    record(kind="keying.viewed", by=request.user, subject=entry.referral, now=now)
    context = {"entry": entry, "form": form, "refusals": refusals, "back_url": reverse("keying:list")}
    status = 409 if refusals else 200
    return render(request, f"casework/keying/{template}.html", context, status=status)
