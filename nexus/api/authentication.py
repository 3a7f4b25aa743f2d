"""Who is calling: a token with its scope, or the session of a browser with its CSRF token."""

import re
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox import auth
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission

from nexus.accounts.models import Scope, User
from nexus.accounts.program_scopes import FOR_ALL, allows
from nexus.accounts.roles import Role
from nexus.accounts.tokens import READ_ONLY, grant_of, note_use
from nexus.scope import scope_of, take_scope

# The officer for whom a program acts: their e-mail address.
OFFICER = "Nexus-Officer"
ADDRESS = "/api/v1/"
NOBODY_ACTS_FOR = (Role.ADMINISTRATOR, Role.AUDITOR)
NOT_OF_THE_FORCE = "The officer that Nexus-Officer names is none of those for whom this program may act."
NAME_THE_OFFICER = (
    "Name in the header Nexus-Officer the officer for whom this is done, by their e-mail address."
)
NOT_FOR_PROGRAMS = (
    "This program was not granted this. Programs decide, authorise and approve nothing; what else it may do an "
    "administrator grants."
)
TOKEN = re.compile(rb"[A-Za-z0-9]{1,128}")


class TokenAuthentication(auth.TokenAuthentication):
    """`Authorization: Token …`, or `Bearer …`. It comes first, so that a call from nobody is answered 401, not 403.

    A program's token acts for the officer it names, or for nobody in particular, and then it only reads.
    """

    def authenticate(self, request: Any) -> Any:
        """The person and the token; what they do is recorded under this request's id, and with the program beside it."""
        prefix, *rest = get_authorization_header(request).split()[:2] or [b""]
        is_bearer = prefix.lower() == b"bearer" and rest
        found = self.authenticate_credentials(rest[0]) if is_bearer else super().authenticate(request)
        if not found:
            return found
        person, token = found
        now = timezone.now()
        token.may = grant_of(token, now)
        if token.may is None:
            raise AuthenticationFailed("Invalid token.")
        note_use(token.may, now)
        program = token.may.integration
        if program is not None and (named := request.headers.get(OFFICER)):
            person = officer_of(person, named)
            token.acts_for = person
        person.request_id = request.id
        person.through = {"program": program.pk} if program else {"token": token.may.pk}
        take_scope(scope_of(person))
        return person, token

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):  # knox would fail on what is not UTF-8
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)


def officer_of(answers: User, named: str) -> User:
    """The officer of the program's own force, or of the Home Office, with this e-mail address. Raises PermissionDenied."""
    found = User.objects.filter(email=named.strip().lower(), is_active=True, force=answers.force_id)
    officer = found.exclude(role__in=NOBODY_ACTS_FOR).select_related("force").first()
    if officer is None:
        raise PermissionDenied(NOT_OF_THE_FORCE)
    return officer


class ScopeAllows(BasePermission):
    """A token that may only read makes no call that changes anything. A browser's session may what its person may.

    It stands among the permissions of every endpoint; a view says in `ANY_SCOPE` which methods a reading token has too.
    A program may what its scopes say, and changes something only for an officer (nexus/accounts/program_scopes.py).
    """

    message = READ_ONLY

    def has_permission(self, request: Any, view: Any) -> bool:
        if request.auth is None:
            return True
        if request.auth.may.integration is not None and not self.program_may(request):
            return False
        if request.method in SAFE_METHODS:
            return True
        return request.auth.may.scope == Scope.WRITE or request.method in getattr(view, "ANY_SCOPE", ())

    def program_may(self, request: Any) -> bool:
        """Whether the program may make this call; False with the sentence why not."""
        match, writes = request.resolver_match, request.method not in SAFE_METHODS
        part = request.path.removeprefix(ADDRESS).partition("/")[0]
        scopes = request.auth.may.integration.scopes
        if not allows(scopes, part=part, endpoint=match.url_name, writes=writes):
            self.message = NOT_FOR_PROGRAMS
            return False
        if writes and part not in FOR_ALL and not hasattr(request.auth, "acts_for"):
            self.message = NAME_THE_OFFICER
            return False
        return True


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token `, or `Bearer `, followed by the token that `POST /api/v1/token/` gave a person or `POST /api/v1/programs/token/` a program.",
        }
