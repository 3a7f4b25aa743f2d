"""Who is calling: a token, or the session of a browser with its CSRF token."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox import auth
from rest_framework.exceptions import AuthenticationFailed

TOKEN = re.compile(rb"[A-Za-z0-9]{1,128}")


class TokenAuthentication(auth.TokenAuthentication):
    """`Authorization: Token …`. It comes first, so that a call from nobody is answered 401, not 403."""

    def authenticate(self, request: Any) -> Any:
        """The person and the token; what they do is recorded under this request's id."""
        found = super().authenticate(request)
        if found:
            found[0].request_id = request.id
        return found

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):  # knox would fail on what is not UTF-8
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)


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
