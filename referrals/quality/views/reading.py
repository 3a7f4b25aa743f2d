"""The quality queue, and one drawn decision read beside the evidence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.paging import KeysetPage
from nexus.verbs import attempt
from referrals import triage
from referrals.instead import notes_about
from referrals.quality.forms import FindingForm
from referrals.quality.lists import READINGS
from referrals.quality.models import Reading
from referrals.quality.permissions import WHO_MAY, may_read_finding
from referrals.quality.queries import findings_on
from referrals.quality.verbs import VERBS

OWN_SHOWN = 20


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits to be read for quality, and what was found of one's own decisions."""
    WHO_MAY.permit("view", request.user)
    found = Reading.objects.waiting_for(request.user)
    found = found.select_related("draw", "decision__referral__force", "decision__decided_by")
    page: KeysetPage[Reading] = KeysetPage(found, request, order=["draw__month", "place"])
    own = list(findings_on(request.user)[:OWN_SHOWN])
    READINGS.listed(request.user, [*page.rows, *own])
    context = {"page": page, "own": own, "may_view_figures": WHO_MAY.may("view_figures", request.user)}
    return render(request, "referrals/quality/queue.html", context)


@require_http_methods(["GET", "POST"])
def reading(request: SignedInRequest, reading_id: int) -> HttpResponse:
    """Read the decision beside the evidence and record a finding; or read the finding."""
    verb, by, now = VERBS["record_finding"], request.user, timezone.now()
    found = READINGS.open(by, "record_finding" if request.method == "POST" else "view", reading_id=reading_id)
    form, status = bind(FindingForm, request), 200
    if form.is_valid():
        tried = attempt(form, verb.carry_out, form=form, by=by, now=now, reading_id=found.pk)
        if tried.succeeded:
            messages.success(request, verb.success_message(tried.result))
            return redirect("quality:queue")
        status = tried.status
        found = READINGS.find(by, reading_id=reading_id)
    READINGS.viewed(by, found)
    decision = found.decision
    context = {
        "reading": found,
        "decision": decision,
        "form": form,
        "instead": verb.offer_instead(found, by, now, form) if status == 409 else None,
        "notes": notes_about(found),
        "may_read_finding": may_read_finding(found, by),
        "refusals": verb.reasons_against(found, by, now),
        "rules": triage.rules_shown(decision.referral, decision.assessment, decision.decided_at),
    }
    return render(request, "referrals/quality/reading.html", context, status=status)
