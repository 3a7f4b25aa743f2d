"""What is asked of an OpenID Connect provider, and what its answers are held to: authorisation code with PKCE.

Nothing is taken on trust: the identity token must be signed with a key the provider publishes, be of the issuer in the
settings, for this service, in time, and made for the browser's own attempt (nonce).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.utils.crypto import constant_time_compare

SECONDS = 3  # for each question to the provider
LEEWAY = 30  # seconds that its clock may differ from ours
ALGORITHMS = ["RS256", "PS256", "ES256"]  # signatures that only the provider can make
LOCAL = frozenset({"127.0.0.1", "localhost"})
DOES_NOT_ANSWER = "The sign-in service of your organisation does not answer. Wait a minute, then try again."
NOT_PROVED = "Your organisation's sign-in service did not prove who you are. Sign in again."


class NotProved(Exception):
    """The provider did not prove who this is. `sentence` is for the person, `code` for the record."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(code)
        self.sentence, self.code = sentence, code


@dataclass(frozen=True)
class Provider:
    """A provider, and what this service is called there."""

    issuer: str
    client_id: str
    client_secret: str

    def sign_in_address(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where the browser goes to sign in; it comes to `back` with a code."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.endpoint('authorization_endpoint')}?{urlencode(asked)}"

    def claims(self, *, code: str, verifier: str, nonce: str, back: str) -> dict[str, Any]:
        """What the provider says of whoever got the code. Raises NotProved."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        answer = self._ask("POST", self.endpoint("token_endpoint"), data=asked, auth=self._credentials)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotProved(NOT_PROVED, "no_identity_token")
        claims = self.checked(token)
        if not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise NotProved(NOT_PROVED, "nonce")
        return claims

    def checked(self, token: str) -> dict[str, Any]:
        """The claims of an identity token: its signature, issuer, audience and times are right. Raises NotProved."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key_of(token),
                algorithms=ALGORITHMS,
                audience=self.client_id,
                issuer=self.issuer,
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise NotProved(NOT_PROVED, type(error).__name__) from error
        for_others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (for_others or "azp" in claims) and claims.get("azp") != self.client_id:
            raise NotProved(NOT_PROVED, "azp")
        return claims

    def endpoint(self, name: str) -> str:
        """An address of the provider, as it publishes it."""
        published = self._ask("GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if published.get("issuer") != self.issuer:
            raise NotProved(NOT_PROVED, "issuer_published")
        return safe(str(published.get(name, "")))

    def _key_of(self, token: str) -> jwt.PyJWK:
        """The published key that the token names."""
        named = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(self._ask("GET", self.endpoint("jwks_uri"))).keys
        found = [key for key in keys if key.key_id == named and key.public_key_use in (None, "sig")]
        if len(found) != 1:
            raise NotProved(NOT_PROVED, "key")
        return found[0]

    @property
    def _credentials(self) -> tuple[str, str]:
        return self.client_id, self.client_secret

    def _ask(self, method: str, address: str, **sent: Any) -> dict[str, Any]:
        """Its answer, an object of JSON. Raises NotProved."""
        try:
            answer = requests.request(method, safe(address), timeout=SECONDS, allow_redirects=False, **sent)
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise NotProved(DOES_NOT_ANSWER, type(error).__name__) from error
        if answer.status_code >= 500:
            raise NotProved(DOES_NOT_ANSWER, f"status_{answer.status_code}")
        if answer.status_code != 200 or not isinstance(found, dict):
            raise NotProved(NOT_PROVED, f"status_{answer.status_code}")
        return found


def safe(address: str) -> str:
    """The address, where nobody on the way can read or change what is said; on this machine itself also without TLS."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in LOCAL and not settings.NEXUS_HTTPS
    ):
        return address
    raise NotProved(NOT_PROVED, "address")


def challenge_of(verifier: str) -> str:
    """What is sent ahead of the verifier, from which nobody can guess it (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def provider() -> Provider | None:
    """The one in the settings; None where none is."""
    if not settings.NEXUS_OPENID_ISSUER:
        return None
    return Provider(
        settings.NEXUS_OPENID_ISSUER, settings.NEXUS_OPENID_CLIENT_ID, settings.NEXUS_OPENID_CLIENT_SECRET
    )


def gave_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that a second factor was used, in one of the ways the settings name."""
    return any(
        values_of(claims, name) & set(accepted)
        for name, accepted in settings.NEXUS_OPENID_SECOND_FACTOR.items()
    )


def values_of(claims: Mapping[str, Any], name: str) -> set[str]:
    """A claim as a set of words: providers send one as text and several as a list."""
    value = claims.get(name) or []
    return {str(each) for each in value} if isinstance(value, list) else {str(value)}
