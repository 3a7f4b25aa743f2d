"""Who is calling: a token with its scope, or the session of a browser with its CSRF token."""

import re
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox import auth
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from nexus.accounts.models import Scope
from nexus.accounts.tokens import READ_ONLY, grant_of, note_use
from nexus.scope import scope_of, take_scope

TOKEN = re.compile(rb"[A-Za-z0-9]{1,128}")


class TokenAuthentication(auth.TokenAuthentication):
    """`Authorization: Token …`. It comes first, so that a call from nobody is answered 401, not 403."""

    def authenticate(self, request: Any) -> Any:
        """The person and the token; what they do is recorded under this request's id."""
        found = super().authenticate(request)
        if found:
            person, token = found
            person.request_id = request.id
            now = timezone.now()
            token.may = grant_of(token, now)
            if token.may is None:
                raise AuthenticationFailed("Invalid token.")
            note_use(token.may, now)
            take_scope(scope_of(person))
        return found

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):  # knox would fail on what is not UTF-8
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)


class ScopeAllows(BasePermission):
    """A token that may only read makes no call that changes anything. A browser's session may what its person may.

    It stands among the permissions of every endpoint; a view says in `ANY_SCOPE` which methods a reading token has too.
    """

    message = READ_ONLY

    def has_permission(self, request: Any, view: Any) -> bool:
        if request.auth is None or request.method in SAFE_METHODS:
            return True
        return request.auth.may.scope == Scope.WRITE or request.method in getattr(view, "ANY_SCOPE", ())


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ` followed by the token that `POST /api/v1/token/` gave.",
        }
