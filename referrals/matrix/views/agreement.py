"""For managers: how the matrix and the decisions agree."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.charts import Bar
from referrals.matrix.agreement import MOST_NAMED, Agreement, measure, standing
from referrals.matrix.forms import AgreementForm
from referrals.matrix.permissions import WHO_MAY
from referrals.models import Outcome


@require_GET
def agreement(request: SignedInRequest) -> HttpResponse:
    """Standing decisions, all or of one force or time, against the matrix."""
    WHO_MAY.permit("view_agreement", request.user)
    filters = AgreementForm(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    force, first, last = (chosen.get(name) for name in ("force", "decided_from", "decided_to"))
    found = measure(standing(force=force, first=first, last=last))
    record(
        kind="matrix.agreement_viewed",
        by=request.user,
        subjects=[each.referral for each in found.apart],
        now=timezone.now(),
        detail={"force": force.pk if force else None},
    )
    context = {
        "filters": filters,
        "found": found,
        "accepted_bars": accepted_bars(found.on_the_facts),
        "decisions": list(Outcome),
        "most_named": MOST_NAMED,
    }
    return render(request, "referrals/matrix/agreement.html", context)


def accepted_bars(found: Agreement) -> list[Bar]:
    return [Bar(label, value, text=f"{value:g}%") for label, value in found.acceptance()]
