"""Agreements with forces about data-washes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.datawash.forms import STATUS_WORDS
from referrals.datawash.lists import AGREEMENTS
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import agreed_pots


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """Every agreement, by force, the latest first."""
    WHO_MAY.permit("view_agreements", request.user)
    page = KeysetPage(AGREEMENTS.seen(request.user), request, order=["force__code", "-starts_on"])
    AGREEMENTS.listed(request.user, page.rows)
    context = {
        "page": page,
        "today": timezone.localdate(),
        "may_agree": WHO_MAY.may("agree", request.user),
        "back_url": reverse("datawash:list"),
    }
    return render(request, "referrals/datawash/agreements.html", context)


@require_GET
def agreement(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """One agreement as it stands, and the way to change its last day."""
    by = request.user
    found = AGREEMENTS.open(by, "view_agreements", agreement_id=agreement_id)
    AGREEMENTS.viewed(by, found)
    context = {
        "agreement": found,
        "pots": [(STATUS_WORDS[status], pot) for status, pot in agreed_pots(found).items()],
        "may_agree": WHO_MAY.may("agree", by),
        "back_url": reverse("datawash:agreements"),
    }
    return render(request, "referrals/datawash/agreement.html", context)
