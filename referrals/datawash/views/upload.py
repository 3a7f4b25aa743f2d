"""A force's lists: all of them, the referrals pack, uploading one, letting it be washed or throwing it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict
from referrals.datawash import actions
from referrals.datawash.actions.upload import reasons_not_to_upload
from referrals.datawash.exports import CAVEAT, INSTRUCTIONS, KINDS, RULES, needed
from referrals.datawash.forms import UploadForm
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import running_agreement, washes
from referrals.datawash.states import WAITING

REFRESH = 2  # seconds between two looks at progress


def visible(request: SignedInRequest, wash_id: int, verb: str) -> Wash:
    """The wash behind the address; 404 outside what the person sees, 403 where their role may not."""
    wash = get_object_or_404(washes(Wash.objects.visible_to(request.user)), pk=wash_id)
    WHO_MAY.permit(verb, request.user)
    return wash


def refresh_after(request: SignedInRequest, moving: bool) -> int:
    """Seconds until the page looks again; 0 when nothing moves or the reader wants it still."""
    return REFRESH if moving and "still" not in request.GET else 0


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """The force's own lists, or every force's for the Referrals Office and managers, newest first."""
    WHO_MAY.permit("view", request.user)
    user, now = request.user, timezone.now()
    page = KeysetPage(washes(Wash.objects.visible_to(user)), request, order=["-uploaded_at", "-pk"])
    record(kind="datawash.listed", by=user, subjects=page.rows, now=now)
    agreement = running_agreement(user.force, timezone.localdate(now))
    uploads = WHO_MAY.may("upload", user)
    context = {
        "page": page,
        "agreement": agreement,
        "uploads": uploads,
        "obstacles": reasons_not_to_upload(agreement, user.force) if uploads else [],
        "sees_agreements": WHO_MAY.may("view_agreements", user),
        "refresh_after": refresh_after(request, any(wash.state in WAITING for wash in page)),
    }
    return render(request, "referrals/datawash/list.html", context)


@require_GET
def pack(request: SignedInRequest) -> HttpResponse:
    """The referrals pack: the template, how to fill it in, what the report will and will not say."""
    WHO_MAY.permit("view", request.user)
    columns = [(name, needed(name), words) for name, words in INSTRUCTIONS]
    context = {"columns": columns, "rules": RULES, "caveat": CAVEAT, "back_url": reverse("datawash:list")}
    return render(request, "referrals/datawash/pack.html", context)


@require_GET
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    """The empty list a force fills in."""
    WHO_MAY.permit("view", request.user)
    headers = {"Content-Disposition": f'attachment; filename="data-wash-list.{kind}"'}
    return HttpResponse(KINDS[kind].template(), content_type=KINDS[kind].content_type, headers=headers)


@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Send a list; it is checked at once. Nothing is compared before the force has read the check."""
    WHO_MAY.permit("upload", request.user)
    now, user = timezone.now(), request.user
    agreement = running_agreement(user.force, timezone.localdate(now))
    form = bind(UploadForm, request)
    if form.is_valid():
        try:
            wash = actions.upload(by=user, now=now, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, said_of(wash))
            return redirect("datawash:detail", wash.pk)
    context = {
        "form": form,
        "agreement": agreement,
        "obstacles": reasons_not_to_upload(agreement, user.force),
        "back_url": reverse("datawash:list"),
    }
    return render(request, "referrals/datawash/upload.html", context)


def said_of(wash: Wash) -> str:
    return (
        "Your list has been checked"
        if wash.is_new
        else "This file is already here: this is what became of it"
    )


@require_POST
def queue(request: SignedInRequest, wash_id: int) -> HttpResponse:
    wash = visible(request, wash_id, "queue")
    try:
        actions.queue(wash_id=wash.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("datawash:detail", args=[wash.pk]))
    return redirect("datawash:detail", wash.pk)


@require_POST
def discard(request: SignedInRequest, wash_id: int) -> HttpResponse:
    wash = visible(request, wash_id, "discard")
    try:
        actions.discard(wash_id=wash.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("datawash:detail", args=[wash.pk]))
    messages.success(request, "The list has been discarded and its rows have been removed")
    return redirect("datawash:list")
