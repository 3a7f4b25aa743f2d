"""What is pending: the list the desk works down, and recording a check."""

from typing import Any

from django.contrib import messages
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
from referrals.duty_desk.actions.matters import reasons_not_to_check, reasons_not_to_watch
from referrals.duty_desk.forms import CheckForm, MatterFilter, MatterForm
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.permissions import MATTERS
from referrals.models import Referral

# By the address: which comes first.
ORDERS = {"unchecked": ["looked_at"], "next": ["next_on"]}


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Longest unchecked first, or next hearing first."""
    MATTERS.permit("view", request.user)
    now, filters = timezone.now(), MatterFilter(request.GET)
    filters.is_valid()
    sort = request.GET.get("sort") if request.GET.get("sort") in ORDERS else "unchecked"
    found = queries.matters_asked_for(filters.cleaned_data, request.user, now)
    anchors = PendingMatter.objects.visible_to(request.user)
    page = KeysetPage(found, request, order=ORDERS[str(sort)], anchors=anchors)
    seen = {matter.referral_id: matter.referral for matter in page.rows}
    record(kind="matter.listed", by=request.user, subjects=seen.values(), now=now, request_id=request.id)
    context = {"page": page, "filters": filters, "sort": sort, "today": timezone.localdate(now), "now": now}
    return render(request, "duty_desk/matters.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    """List a matter the desk has heard of."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user), reference=reference)
    MATTERS.permit("add_matter", request.user)
    form, status = bind(MatterForm, request), 200
    back = reverse("referrals:detail", args=[reference])
    if form.is_valid():
        try:
            actions.add_matter(
                referral_id=referral.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The matter is listed")
            return redirect(back)
    return asked(request, referral, form, reasons_not_to_watch(referral), status, back_url=back)


@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest, matter_id: int) -> HttpResponse:
    """What was found out, what it changes, and when to look again."""
    matters = PendingMatter.objects.visible_to(request.user).select_related("referral", "checked_by")
    matter = get_object_or_404(matters, pk=matter_id)
    MATTERS.permit("check_matter", request.user)
    form, status = bind(CheckForm, request), 200
    if form.is_valid():
        try:
            actions.check_matter(
                matter_id=matter.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The check is recorded")
            return redirect("duty_desk:matters")
    refusals, back = reasons_not_to_check(matter), reverse("duty_desk:matters")
    return asked(request, matter.referral, form, refusals, status, matter=matter, back_url=back)


def asked(
    request: SignedInRequest,
    referral: Referral,
    form: GovukForm,
    refusals: list[str],
    status: int,
    **context: Any,
) -> HttpResponse:
    """The page of a form about one referral, written down as read."""
    now = timezone.now()
    record(kind="matter.viewed", by=request.user, subject=referral, now=now, request_id=request.id)
    context |= {"referral": referral, "form": form, "refusals": refusals}
    return render(request, "duty_desk/matter.html", context, status=status)
