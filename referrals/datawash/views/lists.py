"""A force's lists: all of them, and the referrals pack that says how to fill one in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.datawash.actions.upload import reasons_not_to_upload
from referrals.datawash.exports import CAVEAT, INSTRUCTIONS, KINDS, RULES, needed
from referrals.datawash.lists import WASHES
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import running_agreement
from referrals.datawash.states import WAITING

REFRESH = 2  # seconds between two looks at progress


def refresh_after(request: SignedInRequest, moving: bool) -> int:
    """Seconds until the page looks again; 0 when nothing moves or the reader wants it still."""
    return REFRESH if moving and "still" not in request.GET else 0


@require_GET
def listed(request: SignedInRequest) -> HttpResponse:
    """The force's own lists, or every force's for the Referrals Office and managers, newest first."""
    WHO_MAY.permit("view", request.user)
    user, now = request.user, timezone.now()
    page = KeysetPage(WASHES.seen(user), request, order=["-uploaded_at", "-pk"])
    WASHES.listed(user, page.rows)
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
