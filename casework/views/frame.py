"""What every page of one case has: who it is, the tabs, the next action, and the record of its reading."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.actions.steps import reasons_not_theirs, reasons_not_to
from casework.lists import CASES, Line, line
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.trafficking import reasons_trafficking_stops
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from referrals.corrections import stale_of, untold_of
from referrals.risks import in_words, risk_flags
from referrals.told_by_forces import told_by_forces


def visible(request: SignedInRequest, reference: str, verb: str = "view") -> Case:
    """The case behind the address; 404 outside what the person sees, 403 where their role may not."""
    return CASES.open(request.user, verb, reference=reference)


def identity_details(shown: Line) -> list[tuple[str, str]]:
    """The identity bar: flag, allocation, owner, stage, barriers and risks, all in words."""
    case = shown.case
    allocation = case.referral.allocations.filter(ended_at=None).select_related("team").first()
    return [
        ("Flag", case.referral.flag_words),
        ("Allocated to", str(allocation.team) if allocation else "No team here: flag only"),
        ("Case-owner", str(case.case_owner or "Nobody yet")),
        ("Stage", case.get_state_display()),
        ("Barriers", ", ".join(shown.barriers) or "None recorded"),
        ("Risk", in_words(risk_flags(case.referral))),
    ]


ACTS = tuple(verb for verb in WHO_MAY if not verb.startswith("view"))


def open_to(by: User, case: Case) -> set[str]:
    """The verbs of the person's role that nothing stands against now: the links a page shows."""
    return {verb for verb in ACTS if WHO_MAY.may(verb, by) and not reasons_not_to(verb, case, by)}


def show(
    request: SignedInRequest, case: Case, tab: str, template: str = "", *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about the case, written down as read. `tab` is the part of the case that was shown.

    `template` is one of casework's own, or with a "/" one of a part that stands above it.
    """
    now = timezone.now()
    CASES.viewed(request.user, case, part=tab)
    shown = line(case, now=now)
    context = {
        "case": case,
        "referral": case.referral,
        "line": shown,
        "beside_name": case.referral.identity.beside,
        "details": identity_details(shown),
        "plans": WHO_MAY.may("plan", request.user),
        "may": open_to(request.user, case),
        "trafficking": reasons_trafficking_stops(case),
        "not_yours": reasons_not_theirs(case, request.user),
        "today": timezone.localdate(now),
        "told_by_forces": told_by_forces(case.referral, request.user),
        "stale": stale_of(case.referral),
        "untold": untold_of(case.referral),
        **context,
    }
    path = template if "/" in template else f"casework/{template or tab}"
    return render(request, f"{path}.html", context, status=status)
