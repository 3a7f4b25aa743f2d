"""The commitment ledger: what each force was asked and did, and what Nexus did for it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.support import queries
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.rules import COMMITMENT_TEXT, Standing, finding, ledger, total
from nexus.accounts.models import Force
from nexus.audit.recording import record
from nexus.requests import SignedInRequest


@require_GET
def ledgers(request: SignedInRequest) -> HttpResponse:
    """Every force with its tally; a force lead sees their own force's ledger."""
    by = request.user
    WHO_MAY.permit("view_ledger", by)
    if by.force:
        return show_force(request, by.force)
    now = timezone.now()
    record(kind="support.ledgers_viewed", by=by, now=now, request_id=request.id)
    asked = queries.asked_of_forces(timezone.localdate(now))
    forces = Force.objects.filter(pk__in=asked)
    context = {
        "rows": [(force, total(ledger(asked[force.pk]))) for force in forces],
        "standings": list(Standing),
        "finding": finding(total(ledger(thing for things in asked.values() for thing in things))),
        "commitment_text": COMMITMENT_TEXT,
    }
    return render(request, "support/ledgers.html", context)


@require_GET
def of_force(request: SignedInRequest, code: str) -> HttpResponse:
    """One force's; another force's does not exist for a force lead."""
    by = request.user
    seen = Force.objects.filter(pk=by.force_id) if by.force_id else Force.objects.all()
    force = get_object_or_404(seen, code=code)
    WHO_MAY.permit("view_ledger", by)
    return show_force(request, force)


def show_force(request: SignedInRequest, force: Force) -> HttpResponse:
    """Both sides of one force's ledger."""
    now, by = timezone.now(), request.user
    recipient = recipient_of(by)
    record(
        kind="support.ledger_viewed",
        by=by,
        subject=force,
        now=now,
        recipient=recipient,
        request_id=request.id,
    )
    tallies = queries.ledger_of(force, timezone.localdate(now))
    context = {
        "force": force,
        "ledger": tallies,
        "standings": list(Standing),
        "finding": finding(total(tallies)),
        "given": queries.given_to(force),
        "commitment_text": COMMITMENT_TEXT,
        "back_url": reverse("support:list" if by.force else "support:ledger"),
    }
    return render(request, "support/ledger.html", context)
