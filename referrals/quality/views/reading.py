"""The quality queue, and one drawn decision read beside the evidence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from referrals import triage
from referrals.quality import actions
from referrals.quality.actions.finding import reasons_not_to_read
from referrals.quality.forms import FindingForm
from referrals.quality.models import Reading
from referrals.quality.permissions import WHO_MAY
from referrals.quality.queries import findings_on

OWN_SHOWN = 20


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits to be read for quality, and what was found of one's own decisions."""
    WHO_MAY.permit("view", request.user)
    found = Reading.objects.waiting_for(request.user)
    found = found.select_related("draw", "decision__referral__force", "decision__decided_by")
    page: KeysetPage[Reading] = KeysetPage(found, request, order=["draw__month", "place"])
    own = list(findings_on(request.user)[:OWN_SHOWN])
    record(
        kind="quality.listed",
        by=request.user,
        subjects=[*page.rows, *own],
        now=timezone.now(),
    )
    context = {"page": page, "own": own, "may_view_figures": WHO_MAY.may("view_figures", request.user)}
    return render(request, "referrals/quality/queue.html", context)


def visible(request: SignedInRequest, reading_id: int) -> Reading:
    """404 outside what the person sees."""
    found = Reading.objects.visible_to(request.user).select_related(
        "draw",
        "read_by",
        "decision__referral__force",
        "decision__decided_by",
        "decision__second_reader",
        "decision__held_by",
    )
    return get_object_or_404(found, pk=reading_id)


@require_http_methods(["GET", "POST"])
def reading(request: SignedInRequest, reading_id: int) -> HttpResponse:
    """Read the decision beside the evidence and record a finding; or read the finding."""
    found, by = visible(request, reading_id), request.user
    WHO_MAY.permit("record_finding" if request.method == "POST" else "view", by)
    form, status = bind(FindingForm, request), 200
    if form.is_valid():
        try:
            actions.record_finding(reading_id=found.pk, by=by, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
            found = visible(request, reading_id)
        else:
            reference = found.decision.referral.reference
            messages.success(request, f"Your finding on {reference} is recorded, and who decided it is told")
            return redirect("quality:queue")
    decision = found.decision
    record(kind="quality.viewed", by=by, subject=found, now=timezone.now())
    context = {
        "reading": found,
        "decision": decision,
        "form": form,
        "refusals": reasons_not_to_read(found, by),
        "rules": triage.rules_shown(decision.referral, decision.assessment, decision.decided_at),
    }
    return render(request, "referrals/quality/reading.html", context, status=status)
