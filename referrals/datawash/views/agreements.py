"""Agreements with forces about data-washes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals.datawash import actions
from referrals.datawash.forms import STATUS_WORDS, AgreementForm, EndForm
from referrals.datawash.models import Agreement
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import agreed_pots


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Every agreement, by force, the latest first."""
    WHO_MAY.permit("view_agreements", request.user)
    found = Agreement.objects.visible_to(request.user).select_related("force")
    page = KeysetPage(found, request, order=["force__code", "-starts_on"])
    record(
        kind="agreement.listed",
        by=request.user,
        subjects=page.rows,
        now=timezone.now(),
    )
    context = {
        "page": page,
        "today": timezone.localdate(),
        "may_agree": WHO_MAY.may("agree", request.user),
        "back_url": reverse("datawash:list"),
    }
    return render(request, "referrals/datawash/agreements.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Put down a new agreement with its table of pots."""
    WHO_MAY.permit("agree", request.user)
    form = bind(AgreementForm, request)
    if form.is_valid():
        try:
            agreement = actions.agree(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{agreement.force} can use the data-wash under this agreement")
            return redirect("datawash:agreement", agreement.pk)
    context = {"form": form, "back_url": reverse("datawash:agreements")}
    return render(request, "referrals/datawash/agree.html", context)


@require_http_methods(["GET", "POST"])
def agreement(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """One agreement as it stands, and its last day to change."""
    found = get_object_or_404(
        Agreement.objects.visible_to(request.user).select_related("force", "made_by"), pk=agreement_id
    )
    WHO_MAY.permit("agree" if request.method == "POST" else "view_agreements", request.user)
    form = bind(EndForm, request, initial={"ends_on": found.ends_on})
    if form.is_valid():
        try:
            actions.change_end(
                agreement_id=found.pk,
                by=request.user,
                now=timezone.now(),
                ends_on=form.cleaned_data["ends_on"],
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "The last day of the agreement has been changed")
            return redirect("datawash:agreement", found.pk)
    record(kind="agreement.viewed", by=request.user, subject=found, now=timezone.now())
    context = {
        "agreement": found,
        "form": form,
        "pots": [(STATUS_WORDS[status], pot) for status, pot in agreed_pots(found).items()],
        "may_agree": WHO_MAY.may("agree", request.user),
        "back_url": reverse("datawash:agreements"),
    }
    return render(request, "referrals/datawash/agreement.html", context)
