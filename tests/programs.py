"""Programs of forces and of the Home Office in tests: their key, what they sign with it, and their calls."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone

from nexus.accounts import actions
from nexus.accounts.models import Integration, User
from nexus.accounts.program_keys import audience
from nexus.accounts.roles import Role
from nexus.api.programs import ASSERTION, GRANT
from tests.builders import a_user

TOKEN_ADDRESS = "/api/v1/programs/token/"


def a_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def public(key: ec.EllipticCurvePrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


KEY = a_key()
PUBLIC_KEY = public(KEY)


def a_program(person: User | None = None, *scopes: str, by: User | None = None) -> Integration:
    """Granted for 90 days, with the key of this module."""
    now = timezone.now()
    return actions.grant_integration(
        user_id=(person or a_user(Role.FORCE_LEAD)).pk,
        by=by or a_user(Role.ADMINISTRATOR),
        now=now,
        confirmed_at=now,
        name="Force crime system",
        reads=scopes or ["referrals:read"],
        days=90,
        reason="It copies the decisions every night.",
        public_key=PUBLIC_KEY,
    )


def signed(program: Integration, key: ec.EllipticCurvePrivateKey = KEY, **changes: Any) -> str:
    """What the program shows; `changes` make it wrong."""
    now = timezone.now()
    claims = {
        "iss": str(program.pk),
        "sub": str(program.pk),
        "aud": audience(),
        "iat": now,
        "exp": now + timedelta(minutes=2),
        "jti": str(uuid4()),
        **changes,
    }
    return jwt.encode({name: claim for name, claim in claims.items() if claim is not None}, key, "ES256")


def exchanged(assertion: str) -> Any:
    """What the endpoint answers; sent as a form, as OAuth has it."""
    asked = {"grant_type": GRANT, "client_assertion_type": ASSERTION, "client_assertion": assertion}
    return Client().post(TOKEN_ADDRESS, urlencode(asked), content_type="application/x-www-form-urlencoded")


class ProgramCaller:
    """Calls under /api/v1/ with a token that the program has just been given, for an officer where one is named."""

    def __init__(self, program: Integration, *, officer: User | str = "") -> None:
        self.client = Client()
        text = exchanged(signed(program)).json()["access_token"]
        self.headers = {"Authorization": f"Bearer {text}"}
        if officer:
            self.headers["Nexus-Officer"] = officer if isinstance(officer, str) else officer.email

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        call = getattr(self.client, method)
        return call(
            f"/api/v1/{path}",
            body or {},
            content_type="application/json",
            headers={**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )
