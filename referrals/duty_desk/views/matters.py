"""What is pending: the lists the desk works down, one matter, and what is written of it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm
from nexus.ui.paging import KeysetPage
from referrals.duty_desk import queries
from referrals.duty_desk.actions.matters import reasons_not_to_check
from referrals.duty_desk.forms.pending import LitigationFilter, MatterFilter
from referrals.duty_desk.lists import PENDING
from referrals.duty_desk.models import PendingMatter
from referrals.duty_desk.permissions import MATTERS, WHO_MAY
from referrals.duty_desk.verbs.matters import pages

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
    PENDING.listed(request.user, page.rows)
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


@require_GET
def detail(request: SignedInRequest, matter_id: int) -> HttpResponse:
    """One matter: where it stands, what may be done, and everything written of it."""
    by, now = request.user, timezone.now()
    matter = PENDING.open(by, "view_litigation", matter_id=matter_id)
    PENDING.viewed(by, matter)
    entries = [
        {"title": str(entry), "at": entry.at, "by": entry.by, "text": told_in(entry), "tag": ""}
        for entry in matter.entries.select_related("by").order_by("-at", "-pk")
    ]
    context = {
        "matter": matter,
        "referral": matter.referral,
        "entries": entries,
        "today": timezone.localdate(now),
        "refusals": reasons_not_to_check(matter),
        "may": pages.available_to(matter, by, now=now),
        "at_desk": WHO_MAY.may("view_desk", by),
    }
    return render(request, "referrals/duty_desk/matter.html", context)


def told_in(entry: Any) -> str:
    """What one entry says, with what it changes."""
    return f"{entry.text}\nWhat it changes: {entry.changes}" if entry.changes else entry.text
