"""For managers: what was drawn and found each month, and how to repeat a draw."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.quality import queries
from referrals.quality.models import Draw
from referrals.quality.permissions import WHO_MAY
from referrals.quality.rules import Answer, Overall


@require_GET
def figures(request: SignedInRequest) -> HttpResponse:
    """One line a month."""
    WHO_MAY.permit("view_figures", request.user)
    page: KeysetPage[Draw] = KeysetPage(queries.figures(), request, order=["-month"], size=24)
    record(kind="quality.figures_viewed", by=request.user, now=timezone.now())
    return render(request, "referrals/quality/figures.html", {"page": page, "findings": list(Overall)})


@require_GET
def draw(request: SignedInRequest, draw_id: int) -> HttpResponse:
    """One month: how it was drawn, that drawing again gives the same, and what was found."""
    WHO_MAY.permit("view_figures", request.user)
    found = get_object_or_404(Draw, pk=draw_id)
    readings = list(found.readings.select_related("decision__referral", "read_by").order_by("place"))
    drawn = [each.decision.referral.reference for each in readings]
    record(
        kind="quality.draw_viewed",
        by=request.user,
        subject=found,
        subjects=readings,
        now=timezone.now(),
    )
    context = {
        "draw": found,
        "readings": readings,
        "same": queries.repeated(found) == drawn,
        "answers": list(Answer),
        "questions": queries.answers_of(found),
    }
    return render(request, "referrals/quality/draw.html", context)
