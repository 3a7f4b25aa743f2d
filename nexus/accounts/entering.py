"""The end of signing in, whatever it was done with: the session begins, and leads on."""

import re
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nexus.accounts import carrying, throttle
from nexus.accounts.confirming import note_confirmation
from nexus.accounts.models import User
from nexus.accounts.second_factor import half_way
from nexus.audit.recording import record

SIGNED_IN_AT, BROWSER = "signed_in_at", "browser"  # in the session


# What a browser calls itself, the more particular first; and where.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """ "Firefox on Windows", of what a browser says of itself; nothing that was typed."""
    named = next((words for mark, words in BROWSERS if re.search(mark, agent)), "A browser")
    system = next((words for mark, words in SYSTEMS if re.search(mark, agent)), "")
    return f"{named} on {system}" if system else named


def onward(request: HttpRequest) -> dict[str, Any]:
    """What the pages of signing in pass on to each other: where it goes, and what had been typed, sealed."""
    return {**passed_on(request), "provider": settings.NEXUS_OPENID_ISSUER and settings.NEXUS_OPENID_NAME}


def passed_on(request: HttpRequest) -> dict[str, str]:
    """Where it goes, and what had been typed: as the form before says, or what waited while its writer was away at a
    provider (`request.passed_on`)."""
    passed = getattr(request, "passed_on", None)
    if passed is not None:
        return dict(passed)
    return {
        "next": request.POST.get("next", request.GET.get("next", "")),
        carrying.FIELD: request.POST.get(carrying.FIELD, ""),
    }


def enter(
    request: HttpRequest,
    person: User,
    given_with: str,
    *,
    recovery_codes: Sequence[str] = (),
    just_shown: bool = True,
) -> HttpResponse:
    """Start the session and go on: to what was typed when the last one ended, to the page asked for, or home.

    Codes that were made on the way are shown first, this once. What was not `just_shown` confirms nothing.
    """
    now = timezone.now()
    half_way.complete(request, person, given_with)
    request.session[SIGNED_IN_AT] = int(time.time())
    if just_shown:
        note_confirmation(request.session, person, now)
    request.session[BROWSER] = browser_words(request.headers.get("User-Agent", ""))
    person.request_id = getattr(request, "id", "")
    record(kind="user.signed_in", by=person, subject=person, now=now, detail={"second_factor": given_with})
    response = answer(request, person, recovery_codes)
    throttle.remember_device(response, person.email)
    return response


def answer(request: HttpRequest, person: User, recovery_codes: Sequence[str]) -> HttpResponse:
    """The page that follows."""
    passed = passed_on(request)
    sealed = passed[carrying.FIELD]
    carried = carrying.opened(sealed, person)
    not_yours = carrying.NOT_YOURS if sealed and carried is None else ""
    target = passed["next"]
    next_page = target if carrying.is_local(target) else "/"
    if recovery_codes:
        context = {
            "codes": recovery_codes,
            "carried": carried,
            "not_yours": not_yours,
            "next_page": next_page,
        }
        return render(request, "nexus/accounts/second_factor/recovery_codes.html", context)
    if carried:
        return render(request, "nexus/accounts/carry_on.html", {"carried": carried})
    if not_yours:
        return somebody_elses(request, sealed)
    return redirect(next_page)


def somebody_elses(request: HttpRequest, sealed: str, *, status: int = 200) -> HttpResponse:
    """The page for whoever is signed in now where another was typing: a sentence, and the way back to that other."""
    context = {carrying.FIELD: sealed, "not_yours": carrying.NOT_YOURS}
    return render(request, "nexus/accounts/somebody_elses.html", context, status=status)
