"""The commitment ledger: what each force was asked and did, and what Nexus did for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.support.ledger import asked_of_force, asked_of_forces, given_to, operations_of, path_of
from casework.support.lists import forces_seen_by, ledger_viewed
from casework.support.permissions import WHO_MAY
from casework.support.rules import (
    COMMITMENT_TEXT,
    Asked,
    Commitment,
    Ledger,
    Standing,
    Tally,
    counted,
    finding,
    ledger,
    total,
)
from nexus.accounts.models import Force
from nexus.requests import SignedInRequest


@dataclass(frozen=True)
class Row:
    """One line of a ledger: its name, the page behind the name, its tally, and where its numbers lead."""

    label: str
    tally: Tally
    numbers: str
    page: str = ""


@require_GET
def ledgers(request: SignedInRequest) -> HttpResponse:
    """Every force with its tally; a force lead sees their own force's ledger."""
    by = request.user
    WHO_MAY.permit("view_ledger", by)
    if by.force:
        return show_force(request, by.force)
    ledger_viewed(by)
    asked = asked_of_forces(timezone.localdate())
    context = {
        "rows": [row_of(force, asked[force.pk]) for force in Force.objects.filter(pk__in=asked)],
        "standings": list(Standing),
        "finding": finding(total(ledger(thing for things in asked.values() for thing in things))),
        "commitment_text": COMMITMENT_TEXT,
    }
    return render(request, "casework/support/ledgers.html", context)


def row_of(force: Force, things: list[Asked]) -> Row:
    page = reverse("support:force_ledger", args=[force.code])
    return Row(str(force), total(ledger(things)), f"{page}?", page)


@require_GET
def of_force(request: SignedInRequest, code: str) -> HttpResponse:
    """One force's; another force's does not exist for a force lead."""
    force = get_object_or_404(forces_seen_by(request.user), code=code)
    WHO_MAY.permit("view_ledger", request.user)
    return show_force(request, force)


def show_force(request: SignedInRequest, force: Force) -> HttpResponse:
    """Both sides of one force's ledger, and what a number of it counts."""
    by = request.user
    ledger_viewed(by, force)
    things = asked_of_force(force, timezone.localdate())
    context = {
        "force": force,
        "operations": operations_of(force, reader=by),
        "given": given_to(force, reader=by),
        "commitment_text": COMMITMENT_TEXT,
        "back_url": reverse("support:list" if by.force else "support:ledger"),
        **both_sides(request, things, ledger(things), reverse("support:force_ledger", args=[force.code])),
    }
    return render(request, "casework/support/ledger.html", context)


def both_sides(request: SignedInRequest, things: list[Asked], tallies: Ledger, path: str) -> dict[str, Any]:
    """The lines of a ledger, and where a number was followed (`?commitment=…&standing=…`) what it counts."""
    commitment = known(request.GET.get("commitment", ""), Commitment.values())
    standing = known(request.GET.get("standing", ""), Standing.values())
    chosen = [Commitment(commitment).label] if commitment else []
    chosen += [Standing(standing).label] if standing else []
    followed = "commitment" in request.GET or "standing" in request.GET
    shown = counted(things, commitment=commitment, standing=standing) if followed else []
    return {
        "rows": [Row(of.label, tally, f"{path}?commitment={of.value}&") for of, tally in tallies.items()],
        "standings": list(Standing),
        "finding": finding(total(tallies)),
        "counted": [(thing, path_of(thing, request.user)) for thing in shown],
        "chosen": ", ".join(chosen) or "Everything asked",
        "followed": followed,
    }


def known(word: str, words: Iterable[str]) -> str:
    """A word of the address that is not understood stands for any."""
    return word if word in words else ""
