"""Doors to signing in and out, and to one's own account."""

from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.accounts import carrying, entering, invitations, own_account, throttle, your_sessions
from nexus.accounts.confirming import confirmation
from nexus.accounts.forms import ChangePasswordForm, ChoosePasswordForm, MakeTokenForm, SignInForm
from nexus.accounts.models import User
from nexus.accounts.second_factor.views import begin as second_step
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.verbs import Attempt, attempt, press

INVITED = "invited"  # in the session: the hash of what an invitation's link opens with
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again"


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and password. A failure never says which of the two was wrong."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect("home")
    form = bind(SignInForm, request)
    if form.is_valid():
        user = checked(request, form)
        if user:
            return second_step(request, user)
    context = {"form": form, **entering.onward(request)}
    answer = render(request, "nexus/accounts/sign_in.html", context, status=429 if form.retry_after else 200)
    if form.retry_after:
        answer["Retry-After"] = str(form.retry_after)
    return answer


def checked(request: HttpRequest, form: SignInForm) -> User | None:
    """The person these details belong to; None, with the reason in the form, when they do not fit."""
    email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
    attempt = throttle.begin(request, email)
    if attempt.refusal:
        form.add_error(None, attempt.refusal)
        form.retry_after = attempt.seconds
        return None
    user = authenticate(request, username=email, password=password)
    if isinstance(user, User):
        attempt.succeeded()
        return user
    form.add_error(None, NOT_RIGHT)
    record(
        kind="user.sign_in_failed",
        by=None,
        subject=User.objects.filter(email=email).first(),
        now=timezone.now(),
        request_id=request_id(request),
    )
    return None


@require_http_methods(["POST"])
def stay_signed_in(request: SignedInRequest) -> HttpResponse:
    """Nothing is done: every request starts the idle minutes anew, and this one is made by a button."""
    return HttpResponse(status=204)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Signing out twice is no error. Where somebody else's text waits, the sign-in page keeps it."""
    if isinstance(request.user, User):
        record(kind="user.signed_out", by=request.user, subject=request.user, now=timezone.now())
    logout(request)
    if request.POST.get(carrying.FIELD):
        context = {"form": SignInForm(), **entering.onward(request)}
        return render(request, "nexus/accounts/sign_in.html", context)
    return redirect("accounts:sign_in")


@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """Who one is here, and one's tokens for the API. A POST makes a token and shows it this once."""
    user, now = request.user, timezone.now()
    form, made = bind(MakeTokenForm, request, confirmation=confirmation(request, user)), Attempt()
    if form.is_valid():
        now = timezone.now()
        made = attempt(
            form,
            own_account.create_token,
            by=user,
            confirmed_at=form.confirmed_at,
            now=now,
            scope=form.cleaned_data["scope"],
        )
    tokens = own_account.tokens(by=user, now=now)
    context = {"person": user, "form": form, "made": made.result, "tokens": tokens}
    answer = render(request, "nexus/accounts/account.html", context, status=made.status)
    answer.had_effect = bool(made.result)  # type: ignore[attr-defined]  # a second press makes no second token
    return answer


@require_http_methods(["GET", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in. A POST ends one of these sessions, or all but this."""
    person, this_key = request.user, request.session.session_key or ""
    if request.method == "POST":
        return press(
            request,
            your_sessions.end_sessions,
            this_key=this_key,
            code=request.POST.get("session", ""),
            success="It has been ended. Whoever sits there is signed out",
            next_page=reverse("accounts:sessions"),
        )
    found = your_sessions.sessions_of(person, this_key=this_key, now=timezone.now())
    context = {"sessions": found, "back_url": reverse("accounts:account")}
    return render(request, "nexus/accounts/sessions.html", context)


@require_POST
def revoke_token(request: SignedInRequest) -> HttpResponse:
    """End a token. The key travels in the body: addresses are logged."""
    return press(
        request,
        own_account.revoke_token,
        token_key=request.POST.get("token", ""),
        success="The token has been revoked",
        next_page=reverse("accounts:account"),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """A new password for the person signed in. Their other sessions and their tokens end."""
    user = request.user
    form = bind(ChangePasswordForm, request, confirmation=confirmation(request, user))
    if form.is_valid():
        new = form.cleaned_data["new_password"]
        own_account.change_password(by=user, new=new, confirmed_at=form.confirmed_at, now=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, "Your password has been changed")
        return redirect("accounts:account")
    context = {"form": form, "back_url": reverse("accounts:account")}
    return render(request, "nexus/accounts/change_password.html", context)


@login_not_required
@never_cache
@require_GET
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of an e-mail. What it opens goes on in the session, so that the next page has an address without it."""
    secret_hash = invitations.hashed(secret)
    if invitations.opened_by(secret_hash, timezone.now()) is None:
        return not_open(request)
    request.session[INVITED] = secret_hash
    return redirect("accounts:choose_password")


@sensitive_post_parameters("new_password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """The person who was invited chooses their password, and goes on to their second step."""
    now, secret_hash = timezone.now(), request.session.get(INVITED, "")
    opened = invitations.opened_by(secret_hash, now)
    if opened is None:
        return not_open(request)
    form = bind(ChoosePasswordForm, request, person=opened.person)
    if form.is_valid():
        new, act = form.cleaned_data["new_password"], invitations.accept
        tried = attempt(form, act, secret_hash=secret_hash, new=new, now=now, request_id=request_id(request))
        if tried.succeeded:
            return second_step(request, tried.result)
    context = {"form": form, "person": opened.person}
    return render(request, "nexus/accounts/choose_password.html", context)


def not_open(request: HttpRequest) -> HttpResponse:
    context = {"sentence": invitations.NOT_OPEN}
    return render(request, "nexus/accounts/invitation_not_open.html", context, status=404)


def request_id(request: HttpRequest) -> str:
    return getattr(request, "id", "")
