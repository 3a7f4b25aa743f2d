"""The daily list of the desk, the own list of those who ask, and logging."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import actions, queries
from referrals.duty_desk.forms.enquiries import EnquiryFilter, LogForm
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY, recipient_of


def list_recorded(request: SignedInRequest, page: KeysetPage[Enquiry]) -> None:
    record(
        kind="enquiry.listed",
        by=request.user,
        subjects=page.rows,
        now=timezone.now(),
        recipient=recipient_of(request.user),
    )


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """For the desk what is open and what was answered today; for everybody else their own."""
    WHO_MAY.permit("view", request.user)
    everything = Enquiry.objects.visible_to(request.user).select_related("force", "owner")
    if WHO_MAY.may("view_desk", request.user):
        return daily_list(request, everything)
    page = KeysetPage(everything, request, order=["-logged_at", "-pk"])
    list_recorded(request, page)
    return render(request, "referrals/duty_desk/own.html", {"page": page})


def daily_list(request: SignedInRequest, everything: Any) -> HttpResponse:
    """Open first, oldest first, with what was handed over and the gaps in the rota ahead."""
    now, filters = timezone.now(), EnquiryFilter(request.GET)
    filters.is_valid()
    today = timezone.localdate(now)
    found = queries.filtered(everything, filters.cleaned_data, by=request.user, today=today)
    page = KeysetPage(found, request, order=["-state", "logged_at"], anchors=everything)
    list_recorded(request, page)
    context = {
        "page": page,
        "filters": filters,
        "may_log": WHO_MAY.may("log", request.user),
        "handover": queries.latest_handover(now),
        "gaps": queries.gaps_ahead(now),
        "this_moment": now,
    }
    return render(request, "referrals/duty_desk/enquiries.html", context)


@require_http_methods(["GET", "POST"])
def log(request: SignedInRequest) -> HttpResponse:
    """Ask the desk, or write down what a caller asks."""
    WHO_MAY.permit("log", request.user)
    form, status = bind(LogForm, request, by=request.user, initial={"key": uuid4()}), 200
    if form.is_valid():
        try:
            enquiry = actions.log(by=request.user, now=timezone.now(), **form.answers())
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            for_others = WHO_MAY.may("view_desk", request.user)
            messages.success(
                request, f"{enquiry} is logged" if for_others else "Your question is with the Duty Desk"
            )
            return redirect("duty_desk:detail", enquiry.pk)
    context = {"form": form, "back_url": reverse("duty_desk:enquiries")}
    return render(request, "referrals/duty_desk/log.html", context, status=status)
