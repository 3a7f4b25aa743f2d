"""Out to the provider, and back from it."""

import secrets
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from nexus.accounts import carrying, entering
from nexus.accounts.forms import SignInForm
from nexus.accounts.models import User
from nexus.accounts.openid.actions import person_vouched_for
from nexus.accounts.openid.provider import NOT_PROVED, NotProved, gave_second_factor, provider
from nexus.accounts.rules import is_fresh
from nexus.accounts.second_factor import views as second_factor
from nexus.accounts.second_factor.codes import has_second_factor
from nexus.audit.recording import record

AWAY = (
    "at_provider"  # in the session of whoever is away: what the provider must answer to, and where it goes on
)
STARTED_ELSEWHERE = "You did not start signing in here, or you have been away too long. Sign in again."


@login_not_required
@never_cache
@require_http_methods(["POST"])
@transaction.non_atomic_requests
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. What was typed when a session ended waits, sealed for its writer."""
    asked = provider()
    if asked is None or request.user.is_authenticated:
        return redirect("accounts:sign_in")
    away = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    try:
        address = asked.sign_in_address(**away, back=back_address(request))
    except NotProved as error:
        return refused(request, error.sentence, error.code)
    request.session[AWAY] = away | entering.passed_on(request)
    return redirect(address)


@login_not_required
@never_cache
@require_GET
@sensitive_variables()
@transaction.non_atomic_requests
def come_back(request: HttpRequest) -> HttpResponse:
    """What the provider answered is good once, in the browser that asked."""
    asked, away = provider(), request.session.pop(AWAY, None)
    if asked is None or request.user.is_authenticated:
        return redirect("accounts:sign_in")
    if away is None or not constant_time_compare(request.GET.get("state", ""), away["state"]):
        return refused(request, STARTED_ELSEWHERE, "state")
    request.passed_on = {name: away[name] for name in ("next", carrying.FIELD)}  # type: ignore[attr-defined]
    if "error" in request.GET or request.GET.get("iss", asked.issuer) != asked.issuer:
        return refused(request, NOT_PROVED, "answer")
    try:
        claims = asked.claims(
            code=request.GET.get("code", ""),
            verifier=away["verifier"],
            nonce=away["nonce"],
            back=back_address(request),
        )
        person = person_vouched_for(claims=claims, now=timezone.now(), request_id=getattr(request, "id", ""))
    except NotProved as error:
        return refused(request, error.sentence, error.code)
    return enter(request, person, claims)


@transaction.atomic
def enter(request: HttpRequest, person: User, claims: dict[str, Any]) -> HttpResponse:
    """On to the second step; past it only where the provider says that it had one, and the person has a code or key
    here as well: what they authorise is confirmed with that."""
    if not (gave_second_factor(claims) and has_second_factor(person)):
        return second_factor.begin(request, person)
    just_shown = is_fresh(moment(claims.get("auth_time")), timezone.now())
    return entering.enter(request, person, "provider", just_shown=just_shown)


def moment(seconds: Any) -> datetime | None:
    """When the person showed the provider who they are; None where it does not say."""
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def back_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:provider_back"))


@transaction.atomic
def refused(request: HttpRequest, sentence: str, code: str) -> HttpResponse:
    """The sign-in page with why, recorded."""
    record(
        kind="user.sign_in_failed",
        by=None,
        subject=None,
        now=timezone.now(),
        request_id=getattr(request, "id", ""),
        detail={"by_provider": True, "because": code},
    )
    context = {"form": SignInForm(), "refused": sentence, **entering.onward(request)}
    return render(request, "nexus/accounts/sign_in.html", context, status=403)
