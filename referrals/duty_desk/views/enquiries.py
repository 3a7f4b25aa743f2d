"""The daily list of the desk, the own list of those who ask, and one enquiry."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import queries
from referrals.duty_desk.forms.enquiries import EnquiryFilter
from referrals.duty_desk.lists import ENQUIRIES
from referrals.duty_desk.permissions import WHO_MAY
from referrals.duty_desk.verbs.enquiries import pages
from referrals.permissions import WHO_MAY as REFERRALS
from referrals.states import State as ReferralState


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """For the desk what is open and what was answered today; for everybody else their own."""
    by = request.user
    WHO_MAY.permit("view", by)
    if WHO_MAY.may("view_desk", by):
        return daily_list(request)
    page = KeysetPage(ENQUIRIES.seen(by), request, order=["-logged_at", "-pk"])
    ENQUIRIES.listed(by, page.rows)
    return render(request, "referrals/duty_desk/own.html", {"page": page})


def daily_list(request: SignedInRequest) -> HttpResponse:
    """Open first, oldest first, with what was handed over and the gaps in the rota ahead."""
    by, now, filters = request.user, timezone.now(), EnquiryFilter(request.GET)
    filters.is_valid()
    everything = ENQUIRIES.seen(by)
    found = queries.filtered(everything, filters.cleaned_data, by=by, today=timezone.localdate(now))
    page = KeysetPage(found, request, order=["-state", "logged_at"], anchors=everything)
    ENQUIRIES.listed(by, page.rows)
    context = {
        "page": page,
        "filters": filters,
        "may_log": WHO_MAY.may("log", by),
        "handover": queries.latest_handover(now),
        "gaps": queries.gaps_ahead(now),
        "this_moment": now,
    }
    return render(request, "referrals/duty_desk/enquiries.html", context)


@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question, its answer, what happened, and what this person may do now."""
    by = request.user
    enquiry = ENQUIRIES.open(by, "view", pk=pk)
    ENQUIRIES.viewed(by, enquiry, page="detail")
    referral = queries.linked_referral(enquiry, by)
    refused = referral is not None and referral.state == ReferralState.NOT_ACCEPTED
    context: dict[str, Any] = {
        "enquiry": enquiry,
        "referral": referral,
        "at_desk": WHO_MAY.may("view_desk", by),
        "may": pages.available_to(enquiry, by, now=timezone.now()),
        "may_reopen_referral": refused and REFERRALS.may("reopen", by),
        "happenings": queries.happenings(enquiry, by),
        "back_url": reverse("duty_desk:enquiries"),
    }
    return render(request, "referrals/duty_desk/detail.html", context)
