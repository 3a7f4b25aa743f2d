"""One address of a referral for everybody who sees it; what it shows depends on who looks."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from referrals.lists import REFERRALS
from referrals.permissions import RAISES
from referrals.views.follow import follow_page
from referrals.views.triage import assess_page


@require_GET
def detail(request: SignedInRequest, reference: str) -> HttpResponse:
    referral = REFERRALS.find(request.user, reference=reference)
    if request.user.role in RAISES:
        return follow_page(request, referral)
    return assess_page(request, referral)
