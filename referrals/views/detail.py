"""One address of a referral for everybody who sees it; what it shows depends on who looks."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from referrals.models import Referral
from referrals.permissions import RAISES
from referrals.views.follow import follow_page
from referrals.views.triage import assess_page


@require_GET
def detail(request: SignedInRequest, reference: str) -> HttpResponse:
    referrals = Referral.objects.visible_to(request.user).select_related("force", "claimed_by", "created_by")
    referral = get_object_or_404(referrals, reference=reference)
    if request.user.role in RAISES:
        return follow_page(request, referral)
    return assess_page(request, referral)
