"""The corrections of one referral: what was wrong, what rests on it, and who is told."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from referrals.actions.correcting import reasons_not_to_correct
from referrals.correctable import correctable
from referrals.lists import REFERRALS
from referrals.permissions import WHO_MAY
from referrals.views.triage import show


@require_GET
def corrections(request: SignedInRequest, reference: str) -> HttpResponse:
    """Newest first, and the pages on which another fact can be corrected."""
    referral = REFERRALS.open(request.user, "view_assessment", reference=reference)
    may = WHO_MAY.may("correct", request.user) and not reasons_not_to_correct(referral)
    made = referral.corrections.select_related("corrected_by").prefetch_related(
        "stale__looked_at_by", "recipients__told_by"
    )
    return show(
        request,
        referral,
        "referrals/corrections/list.html",
        read="corrections_viewed",
        made=made,
        may_correct=may,
        pages=correctable(referral) if may else [],
    )
