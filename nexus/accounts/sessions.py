"""What happens around a session: when it ends, what was typed by then, and what may be cached."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from nexus.accounts import carrying
from nexus.accounts.entering import SIGNED_IN_AT, somebody_elses
from nexus.accounts.forms import SignInForm
from nexus.accounts.models import User
from nexus.accounts.second_factor import half_way
from nexus.ui.busy import READER_IS_KNOWN


class SessionLimitsMiddleware:
    """Ends a session eight hours after signing in, however busy, and one without its second factor; keeps signed-in
    pages uncached.

    The fifteen idle minutes are SESSION_COOKIE_AGE with SESSION_SAVE_EVERY_REQUEST.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and self.is_over(request, request.user):
            logout(request)
        signed_in = request.user.is_authenticated
        if isinstance(request.user, User):
            request.user.request_id = getattr(request, "id", "")
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def is_over(request: HttpRequest, person: User) -> bool:
        """Also one that is signed in without the second factor, whatever door let it in."""
        if not half_way.is_marked(request, person):
            return True
        began = request.session.setdefault(SIGNED_IN_AT, int(time.time()))
        return time.time() - began > settings.NEXUS_SESSION_HOURS * 3600


def time_left(request: HttpRequest) -> dict[str, Any]:
    """For every page of somebody signed in: `signed_out_in`, seconds without another press, and `stays_until`,
    seconds until they sign in again however busy."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    began = request.session.get(SIGNED_IN_AT, time.time())
    until = max(0, int(began + settings.NEXUS_SESSION_HOURS * 3600 - time.time()))
    return {"signed_out_in": settings.SESSION_COOKIE_AGE, "stays_until": until}


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs signing in; what was typed into a page whose session ended is carried over.

    Whoever comes past here is known, and their form had its token: only then a page says again what was typed."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        setattr(request, READER_IS_KNOWN, answer is None and request.user.is_authenticated)
        return answer

    def handle_no_permission(  # type: ignore[override]  # Django's always redirects, which loses a POST
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return sign_in_to_continue(request)


def sign_in_to_continue(request: HttpRequest) -> HttpResponse:
    """The sign-in page with what was posted inside, sealed for its writer, for a POST without a session."""
    context = {
        carrying.FIELD: carrying.sealed(request),
        "files": bool(request.FILES),
        "sign_in_form": SignInForm(),
        "provider": settings.NEXUS_OPENID_ISSUER and settings.NEXUS_OPENID_NAME,
    }
    return render(request, "nexus/accounts/session_expired.html", context, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit.

    Signing in again in another tab changes the token. When the browser vouches that the form was
    ours (Sec-Fetch-Site, which no page can forge), nothing typed is lost: the fields come back
    behind a Continue button, to the person who typed. A form from another site gets a plain refusal.
    """
    request.is_forged_form = True  # type: ignore[attr-defined]  # nexus/audit/refused.py writes it down
    if request.path in (reverse(settings.LOGIN_URL), reverse("accounts:second_step")):
        return redirect(settings.LOGIN_URL)
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return render(request, "nexus/accounts/csrf.html", status=403)
    if not isinstance(request.user, User):
        return sign_in_to_continue(request)
    if not carrying.was_shown_to(request.POST, request.user):
        return somebody_elses(request, carrying.sealed(request), status=403)
    context = {"carried": carrying.typed_in(request)}
    return render(request, "nexus/accounts/carry_on.html", context, status=403)
