"""Security keys and passkeys (WebAuthn), over allauth's functions. What is asked waits in the session of the browser.

They take the request from a context that allauth's middleware sets.
"""

import json
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse

from nexus.accounts.models import User

NAME_LENGTH = 60


def keys_of(person: User) -> list[Authenticator]:
    """The keys, oldest first."""
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def asked_to_add(person: User) -> str:
    """What the browser asks a new key, as JSON."""
    return _as_json(auth.begin_registration(person, passwordless=False))


def asked_to_prove(person: User) -> str:
    """What the browser asks one of their keys, as JSON; "" where they have none."""
    return _as_json(auth.begin_authentication(person)) if keys_of(person) else ""


def add_key(person: User, name: str, answer: str) -> bool:
    """Keep the key that answered. False where the answer does not fit what was asked."""
    credential = _parsed(answer)
    if credential is None:
        return False
    try:
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError):
        return False
    row = auth.WebAuthn.add(person, name[:NAME_LENGTH], credential).instance
    row.data["count"] = made.counter
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def accept_key(person: User, answer: str, now: datetime) -> str:
    """ "key" where one of their keys answered what was asked; "" otherwise, and where its counter has not gone on: a
    copy of the key would count by itself."""
    credential = _parsed(answer)
    if credential is None:
        return ""
    try:
        found = auth.complete_authentication(person, credential)
        count = AuthenticationResponse.from_dict(credential).response.authenticator_data.counter
    except (ValidationError, ValueError, TypeError, KeyError):
        return ""
    row = Authenticator.objects.select_for_update().get(pk=found.pk)
    if count and count <= row.data.get("count", 0):
        return ""
    row.data["count"], row.last_used_at = count, now
    row.save(update_fields=["data", "last_used_at"])
    return "key"


def _parsed(answer: str) -> dict[str, Any] | None:
    try:
        found = json.loads(answer)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _as_json(options: dict[str, Any]) -> str:
    """Bytes as base64url, which WebAuthn's JSON has them in."""
    return json.dumps(options, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return websafe_encode(value)
    return dict(value) if hasattr(value, "keys") else str(value)
