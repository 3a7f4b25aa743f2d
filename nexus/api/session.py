"""Who is calling, and the tokens they call with."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from nexus.accounts import own_account, throttle
from nexus.accounts.forms import SignInForm
from nexus.accounts.models import Scope, User
from nexus.accounts.second_factor.proof import CODE
from nexus.accounts.second_factor.views import accepted
from nexus.accounts.tokens import TOKEN_LIFE
from nexus.accounts.views import checked
from nexus.api import bodies
from nexus.api.asking import known_parameters
from nexus.api.errors import refusal
from nexus.api.requests import Call
from nexus.presses.guard import answered_once
from nexus.refusals import Refused
from nexus.scope import scope_of, take_scope
from nexus.ui.forms import Look

MADE_ALREADY = (
    "This call has made a token already, and a token is shown once. Send another Idempotency-Key for another token; "
    "you can revoke the first one on your account page."
)


class PersonSerializer(serializers.ModelSerializer):
    """Oneself."""

    role_name = serializers.CharField(source="get_role_display")
    force = serializers.CharField(source="force.code", allow_null=True, default=None)
    team = serializers.CharField(source="team.code", allow_null=True, default=None)

    class Meta:
        model = User
        fields = ("email", "full_name", "role", "role_name", "force", "team", "nsa_accredited")


class SessionSerializer(serializers.Serializer):
    person = PersonSerializer()
    csrf_token = serializers.CharField(
        help_text="Send it as X-CSRFToken with every change made in a browser’s session. Tokens need none."
    )


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="Shown once. Send it as `Authorization: Token …`.")
    expires_at = serializers.DateTimeField()
    scope = serializers.CharField(help_text="`read`, or `write` which reads too.")


class TokenForm(SignInForm):
    """A token is worth a session, so it takes both steps."""

    one_time_password = forms.CharField(label="Code of your authenticator app", max_length=20)
    scope = forms.ChoiceField(
        label="Scope: read, or write which reads too. Read, where it is left out",
        choices=Scope.choices,
        required=False,
    )
    look = {**SignInForm.look, CODE: Look(missing="Enter the code your app shows now")}


def second_step_given(request: HttpRequest, person: User, form: TokenForm) -> bool:
    """Whether the code is right; False with the reason in the form."""
    person.request_id = getattr(request, "id", "")
    return bool(accepted(request, person, form, code=form.cleaned_data[CODE]))


class TokenThrottle(AnonRateThrottle):
    """Calls from one address, right or wrong; the cache may be away, then nobody is counted."""

    rate = "60/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.cache_format % {"scope": "token", "ident": throttle.key(request._request, "")}

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            return True


class SessionView(APIView):
    """Who one is."""

    @extend_schema(operation_id="session_read", responses={200: SessionSerializer})
    def get(self, request: Call) -> Response:
        """Oneself, and the CSRF token of this browser's session."""
        known_parameters(request.query_params, ())
        answer = {"person": request.user, "csrf_token": get_token(request._request)}
        return Response(SessionSerializer(answer).data)


class TokenView(APIView):
    """Signing in and out without a browser."""

    ANY_SCOPE = frozenset({"DELETE"})  # a program that may only read can end its own token

    def get_permissions(self) -> Any:
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    def get_authenticators(self) -> list[Any]:
        # No session here: its missing CSRF token would refuse who is about to sign in.
        request = getattr(self, "request", None)
        return [] if request is not None and request.method == "POST" else super().get_authenticators()

    def get_throttles(self) -> list[Any]:
        return [TokenThrottle()] if self.request.method == "POST" else []

    @extend_schema(
        operation_id="token_create",
        request=bodies.body_of(TokenForm, name="SignIn"),
        responses={201: TokenSerializer},
        auth=[],
    )
    def post(self, request: Call) -> Response:
        """A token for an e-mail address and a password. A person may have five."""
        form = bodies.checked(TokenForm, bodies.object_of(request))
        user = checked(request._request, form)
        if user is None:  # answered, not raised: the failed attempt stays on record
            return _no(request, str(form.non_field_errors()[0]), form.retry_after)
        if not second_step_given(request._request, user, form):
            return _no(request, str(form.errors[CODE][0]), 0)
        take_scope(scope_of(user))
        scope = Scope(form.cleaned_data["scope"] or Scope.READ)
        # Nobody was signed in before the call, so that its key counts from here; it is told apart by no secret.
        return answered_once(
            request, user, "token", make=lambda: new_token(user, scope), shown_once=MADE_ALREADY
        )

    @extend_schema(operation_id="token_delete", request=None, responses={204: None})
    def delete(self, request: Call) -> Response:
        """End the token this call is made with. A browser's session ends on its own page."""
        if request.auth is None:
            raise Refused("This call is made in a browser’s session. Tokens are ended on the account page.")
        own_account.revoke_token(
            by=request.user,
            token_key=request.auth.token_key,
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


def new_token(by: User, scope: Scope) -> Response:
    """A token of this person's, in clear."""
    now = timezone.now()
    token = own_account.create_token(by=by, confirmed_at=now, now=now, scope=scope)
    answer = TokenSerializer({"token": token, "expires_at": now + TOKEN_LIFE, "scope": scope.value})
    return Response(answer.data, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})


def _no(request: Call, sentence: str, retry_after: int) -> Response:
    """429 with when to try again where the password was not looked at, else 401."""
    if retry_after:
        answer = refusal(request._request, status.HTTP_429_TOO_MANY_REQUESTS, f"{sentence}.")
        answer["Retry-After"] = str(retry_after)
        return answer
    answer = refusal(request._request, status.HTTP_401_UNAUTHORIZED, f"{sentence}.")
    answer["WWW-Authenticate"] = "Token"
    return answer
