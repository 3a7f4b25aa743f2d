"""A program shows that it is it: what it signs with its own key is exchanged for a token of minutes (RFC 7523).

The assertion names the program as issuer and subject and our own address as audience, lasts minutes, and is good once.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from nexus.accounts.models import Integration, ProgramKey, Scope
from nexus.accounts.program_scopes import WRITES
from nexus.accounts.tokens import issue
from nexus.audit.recording import record

ALGORITHMS = ("RS256", "PS256", "ES256")
SMALLEST_RSA = 2048  # bits
LONGEST = timedelta(minutes=5)  # of an assertion, from when it was made to when it ends
LEEWAY = 30  # seconds by which clocks may differ


class NotShown(Exception):
    """The assertion does not show which program asks."""


def reasons_no_key(text: str) -> list[str]:
    """Why this is no public key we take."""
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        return ["Enter a public key in PEM: it begins with -----BEGIN PUBLIC KEY-----."]
    if isinstance(key, RSAPublicKey):
        return [] if key.key_size >= SMALLEST_RSA else [f"An RSA key has at least {SMALLEST_RSA} bits."]
    if isinstance(key, EllipticCurvePublicKey) and key.curve.name == "secp256r1":
        return []
    return ["Use an RSA key or a key of the curve P-256."]


def audience() -> str:
    """What an assertion is for: the endpoint that takes it."""
    return settings.NEXUS_ADDRESS.rstrip("/") + reverse("api:program_token")


@transaction.atomic
def token_for(assertion: str, *, now: datetime, request_id: str) -> tuple[Integration, str]:
    """The program that signed this and a token of minutes in clear. Raises NotShown."""
    key, claims = shown(assertion, now)
    if not used_once(key, claims):
        raise NotShown
    ProgramKey.objects.filter(pk=key.pk).update(last_used_at=now)
    program = key.integration
    writes = any(scope.endswith(f":{WRITES}") for scope in program.scopes)
    _, text = issue(program.person, scope=Scope.WRITE if writes else Scope.READ, now=now, integration=program)
    record(kind="program.token_issued", by=None, subject=program, now=now, detail={"key": key.pk},
           request_id=request_id)  # fmt: skip
    return program, text


def shown(assertion: str, now: datetime) -> tuple[ProgramKey, Mapping[str, Any]]:
    """The key it was signed with and what it says. Raises NotShown."""
    for key in keys_of(claimed_issuer(assertion), now):
        try:
            claims = jwt.decode(
                assertion,
                key.public_key,
                algorithms=ALGORITHMS,
                audience=audience(),
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "jti"]},
            )
        except jwt.PyJWTError:
            continue
        if is_ours(key, claims):
            return key, claims
    raise NotShown


def claimed_issuer(assertion: str) -> int:
    """Which program it says it is, before anything is believed. Raises NotShown."""
    try:
        return int(jwt.decode(assertion, options={"verify_signature": False})["iss"])
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        raise NotShown from None


def keys_of(program_id: int, now: datetime) -> list[ProgramKey]:
    """Those that count, of a program that still runs and somebody answers for."""
    live = ProgramKey.objects.filter(
        integration=program_id,
        withdrawn_at=None,
        integration__withdrawn_at=None,
        integration__expires_at__gt=now,
        integration__person__is_active=True,
    )
    return list(live.select_related("integration__person__force"))


def is_ours(key: ProgramKey, claims: Mapping[str, Any]) -> bool:
    """Whether it speaks of the program itself, and of minutes."""
    it = str(key.integration_id)
    lasts = int(claims["exp"]) - int(claims["iat"])
    return claims["iss"] == claims["sub"] == it and 0 < lasts <= LONGEST.total_seconds()


def used_once(key: ProgramKey, claims: Mapping[str, Any]) -> bool:
    """Whether nobody has brought it before; where that cannot be asked, nobody gets in."""
    kept = int(LONGEST.total_seconds()) + 2 * LEEWAY
    return bool(
        cache.add(
            f"assertion:{key.integration_id}:{sha256(str(claims['jti']).encode()).hexdigest()}", 1, kept
        )
    )
