"""A referral as it is read: one address for everybody who sees it, and the tabs of the Home Office."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.parts import the_one
from nexus.requests import SignedInRequest
from referrals import triage
from referrals.actions.asking import reasons_not_to_take_back
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.parts import referral_parts
from referrals.permissions import RAISES, WHO_MAY
from referrals.queries import alerts_of
from referrals.summary import summary_of
from referrals.verbs import offered
from referrals.views.follow import follow_page
from referrals.views.triage import rules_of, show


@require_GET
def detail(request: SignedInRequest, reference: str) -> HttpResponse:
    referral = REFERRALS.find(request.user, reference=reference)
    if request.user.role in RAISES:
        return follow_page(request, referral)
    return assess_page(request, referral)


def assess_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """The referral by section with the rules beside it. Called by `detail` for the Home Office."""
    WHO_MAY.permit("view_assessment", request.user)
    return show(
        request,
        referral,
        "referrals/triage/referral.html",
        read="viewed",
        sections=summary_of(referral),
        rules=rules_of(referral),
        contradictions=alerts_of(referral),
        offered=offered(referral, request.user),
        may_change_flag=WHO_MAY.may("remove_flag", request.user),
        same_person=the_one(part.same_person for part in referral_parts())(
            referral=referral, by=request.user, now=timezone.now()
        ),
    )


@require_GET
def assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """The rules at full width, and each event with whether it counts."""
    referral = REFERRALS.open(request.user, "view_assessment", reference=reference)
    rules = rules_of(referral)
    return show(
        request,
        referral,
        "referrals/triage/assessment.html",
        read="assessment_viewed",
        rules=rules,
        offered=offered(referral, request.user),
        events=triage.events_counted(referral, rules.policy),
        contradictions=alerts_of(referral),
    )


@require_GET
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """What happened, and every question with its answer."""
    referral = REFERRALS.open(request.user, "view_assessment", reference=reference)
    return show(
        request,
        referral,
        "referrals/triage/timeline.html",
        read="timeline_viewed",
        offered=offered(referral, request.user),
        happenings=triage.happenings(referral),
        requests=[
            (asked, triage.questions_with_standing(asked, timezone.localdate()))
            for asked in triage.requests(referral)
        ],
        may_take_back=WHO_MAY.may("take_back", request.user)
        and not reasons_not_to_take_back(referral, request.user),
    )
